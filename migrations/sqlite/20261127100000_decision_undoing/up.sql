-- Undoing an approved decision: proposed by one officer with a reason, approved by another. The table is made anew because a
-- CHECK cannot be changed in place; what refers to it is checked when the transaction ends.
PRAGMA defer_foreign_keys = ON;
CREATE TEMPORARY TABLE decisions_before AS SELECT * FROM decisions;
DROP TABLE decisions;
CREATE TABLE decisions (
    id                TEXT NOT NULL PRIMARY KEY,
    call_id           TEXT NOT NULL REFERENCES calls (id),
    status            TEXT NOT NULL CHECK (status IN ('proposed', 'approved', 'returned', 'undone')),
    grounds           TEXT NOT NULL,
    proposed_by       TEXT NOT NULL REFERENCES accounts (id),
    proposed_at       TIMESTAMP NOT NULL,
    decided_by        TEXT REFERENCES accounts (id),
    decided_at        TIMESTAMP,
    return_reason     TEXT,
    version           INTEGER NOT NULL DEFAULT 1,
    undo_proposed_by  TEXT REFERENCES accounts (id),
    undo_proposed_at  TIMESTAMP,
    undo_reason       TEXT,
    undone_by         TEXT REFERENCES accounts (id),
    undone_at         TIMESTAMP
);
INSERT INTO decisions (id, call_id, status, grounds, proposed_by, proposed_at, decided_by, decided_at, return_reason, version)
    SELECT id, call_id, status, grounds, proposed_by, proposed_at, decided_by, decided_at, return_reason, version
    FROM decisions_before;
DROP TABLE decisions_before;
CREATE UNIQUE INDEX decisions_one_pending ON decisions (call_id) WHERE status = 'proposed';
CREATE INDEX decision_entries_application ON decision_entries (application_id);
