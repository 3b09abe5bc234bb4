-- What was kept of ends of the scoring and of discussions is lost; the record still tells of them.
PRAGMA defer_foreign_keys = ON;
CREATE TEMPORARY TABLE change_sets_before AS SELECT * FROM change_sets;
DROP TABLE change_sets;
CREATE TABLE change_sets (
    id                TEXT NOT NULL PRIMARY KEY,
    kind              TEXT NOT NULL CHECK (kind IN ('expert_import', 'assignment', 'reminders', 'decision', 'completion', 'second_panel', 'recommendation', 'screening')),
    -- The call, for what belongs to one.
    call_id           TEXT REFERENCES calls (id),
    status            TEXT NOT NULL CHECK (status IN ('applied', 'undone')),
    -- Counts and names, as the preview showed them.
    summary           TEXT NOT NULL CHECK (json_valid(summary)),
    -- What the undoing needs.
    before            TEXT NOT NULL CHECK (json_valid(before)),
    applied_by        TEXT REFERENCES accounts (id),
    applied_at        TIMESTAMP NOT NULL,
    undone_by         TEXT REFERENCES accounts (id),
    undone_at         TIMESTAMP,
    undo_reason       TEXT
);
INSERT INTO change_sets (id, kind, call_id, status, summary, before, applied_by, applied_at, undone_by, undone_at, undo_reason)
    SELECT id, kind, call_id, status, summary, before, applied_by, applied_at, undone_by, undone_at, undo_reason
    FROM change_sets_before
    WHERE kind NOT IN ('scoring_end', 'discussion_end');
DROP TABLE change_sets_before;
CREATE INDEX change_sets_call ON change_sets (call_id);
