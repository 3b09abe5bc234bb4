-- Who is let in by a provider of identities. The subject is kept as a keyed hash: with some providers it is the number
-- of an identity card, and the table names nobody.
CREATE TABLE provider_identities (
    issuer            TEXT NOT NULL,
    subject_key       TEXT NOT NULL,
    account_id        TEXT NOT NULL REFERENCES accounts (id),
    linked_at         TIMESTAMP NOT NULL,
    -- Last let in by it.
    used_at           TIMESTAMP,
    PRIMARY KEY (issuer, subject_key),
    -- An account has one identity of each provider at most.
    UNIQUE (account_id, issuer)
);
