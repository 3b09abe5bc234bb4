PRAGMA defer_foreign_keys = ON;
DROP INDEX decision_entries_application;
CREATE TEMPORARY TABLE decisions_before AS SELECT * FROM decisions;
DROP TABLE decisions;
CREATE TABLE decisions (
    id                TEXT NOT NULL PRIMARY KEY,
    call_id           TEXT NOT NULL REFERENCES calls (id),
    status            TEXT NOT NULL CHECK (status IN ('proposed', 'approved', 'returned')),
    grounds           TEXT NOT NULL,
    proposed_by       TEXT NOT NULL REFERENCES accounts (id),
    proposed_at       TIMESTAMP NOT NULL,
    decided_by        TEXT REFERENCES accounts (id),
    decided_at        TIMESTAMP,
    return_reason     TEXT,
    version           INTEGER NOT NULL DEFAULT 1
);
-- The nearest that was known before: it counts no more, and why.
INSERT INTO decisions
    SELECT id, call_id, CASE status WHEN 'undone' THEN 'returned' ELSE status END, grounds, proposed_by, proposed_at,
        decided_by, decided_at, CASE status WHEN 'undone' THEN undo_reason ELSE return_reason END, version
    FROM decisions_before;
DROP TABLE decisions_before;
CREATE UNIQUE INDEX decisions_one_pending ON decisions (call_id) WHERE status = 'proposed';
