-- Letters that one act wrote to many. They are held until an officer lets them go, or the time is over: nothing else ends it, so that
-- no letter is lost.
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
CREATE INDEX mail_batches_held_until ON mail_batches (held_until);
ALTER TABLE mails ADD COLUMN batch_id TEXT;
ALTER TABLE mails ADD COLUMN note TEXT NOT NULL DEFAULT '';
CREATE INDEX mails_batch_id ON mails (batch_id);
