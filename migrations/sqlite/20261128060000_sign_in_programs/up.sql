-- Programs with which an account was signed in to, so that its owner is told of a new one. The digest of a program's name and of
-- where its network lies, by a key: neither can be read here.
CREATE TABLE sign_in_programs (
    account_id        TEXT NOT NULL REFERENCES accounts (id),
    program           TEXT NOT NULL,
    seen_at           TIMESTAMP NOT NULL,
    PRIMARY KEY (account_id, program)
);
