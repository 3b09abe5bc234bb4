-- Filters of the list of applications that somebody keeps under a name; nobody else sees them.
CREATE TABLE saved_filters (
    id                TEXT NOT NULL PRIMARY KEY,
    account_id        TEXT NOT NULL REFERENCES accounts (id),
    name              TEXT NOT NULL,
    -- What name, number or credit code contain; empty for anything.
    search            TEXT NOT NULL,
    state             TEXT,
    call_id           TEXT REFERENCES calls (id),
    longest_first     BOOLEAN NOT NULL,
    created_at        TIMESTAMP NOT NULL,
    UNIQUE (account_id, name)
);
