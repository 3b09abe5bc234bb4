-- The second factor: time-based one-time codes. The secrets are sealed, the recovery codes are keyed hashes: a copy of the tables opens
-- nothing.
CREATE TABLE second_factors (
    account_id        TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    -- In use; empty until the first code has shown that the device has it.
    secret            TEXT,
    confirmed_at      TIMESTAMP,
    -- The step of the last code that was taken: it and those before it are taken no more.
    last_step         BIGINT NOT NULL,
    -- Offered to be taken up, beside the one in use.
    offered           TEXT,
    offered_at        TIMESTAMP
);

CREATE TABLE recovery_codes (
    account_id        TEXT NOT NULL REFERENCES accounts (id),
    code              TEXT NOT NULL,
    created_at        TIMESTAMP NOT NULL,
    used_at           TIMESTAMP,
    PRIMARY KEY (account_id, code)
);

-- When a code was last given in this session; empty where none was.
ALTER TABLE sessions ADD COLUMN factor_at TIMESTAMP;
