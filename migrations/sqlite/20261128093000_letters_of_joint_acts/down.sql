-- What was held of such acts leaves by itself.
PRAGMA defer_foreign_keys = ON;
CREATE TEMPORARY TABLE mail_batches_before AS SELECT * FROM mail_batches;
DROP TABLE mail_batches;
CREATE TABLE mail_batches (
    id                TEXT NOT NULL PRIMARY KEY,
    act               TEXT NOT NULL CHECK (act IN ('call_extended', 'decision_approved', 'decision_undone', 'list_published', 'notice_opened')),
    -- The call that the act was about, and its title.
    subject           TEXT NOT NULL,
    title             TEXT NOT NULL,
    letters           INTEGER NOT NULL,
    -- What an officer had put below each of them.
    note              TEXT NOT NULL,
    held_until        TIMESTAMP NOT NULL,
    created_by        TEXT REFERENCES accounts (id),
    created_at        TIMESTAMP NOT NULL,
    -- Empty for those that left by themselves.
    released_by       TEXT REFERENCES accounts (id),
    released_at       TIMESTAMP,
    version           INTEGER NOT NULL DEFAULT 1
);
INSERT INTO mail_batches (id, act, subject, title, letters, note, held_until, created_by, created_at, released_by, released_at, version)
    SELECT id, act, subject, title, letters, note, held_until, created_by, created_at, released_by, released_at, version
    FROM mail_batches_before
    WHERE act NOT IN ('acceptances_undone', 'files_accepted', 'files_recommended', 'recommendations_undone');
DROP TABLE mail_batches_before;
CREATE INDEX mail_batches_held_until ON mail_batches (held_until);
