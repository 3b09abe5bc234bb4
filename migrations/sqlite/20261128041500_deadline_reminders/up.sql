-- That whoever has to keep a deadline was reminded of it: once, whichever process comes first. A deadline that was moved is another one.
CREATE TABLE deadline_reminders (
    kind              TEXT NOT NULL CHECK (kind IN ('closing', 'correction', 'recommendation', 'scoring')),
    -- What has the deadline: an application, a call with a bureau, a call.
    subject           TEXT NOT NULL,
    due_at            TIMESTAMP NOT NULL,
    reminded_at       TIMESTAMP NOT NULL,
    PRIMARY KEY (kind, subject, due_at)
);
CREATE INDEX deadline_reminders_due_at ON deadline_reminders (due_at);
