-- Hashes of the passwords that an account had before, kept only where the rule wants that none of the last ones is set again, and as many
-- as it wants. version is that of the account when the password was in use last.
CREATE TABLE former_passwords (
    account_id        TEXT NOT NULL REFERENCES accounts (id),
    version           INTEGER NOT NULL,
    password_hash     TEXT NOT NULL,
    PRIMARY KEY (account_id, version)
);
