-- Expert review: the pool of experts with ties and terms, the draw, plans with wishes, discussion, change sets.

-- 'province', or the key of the bureau whose pool the expert belongs to.
ALTER TABLE experts ADD COLUMN pool TEXT NOT NULL DEFAULT 'province';
-- Term of appointment, both days included; empty is open.
ALTER TABLE experts ADD COLUMN term_from DATE;
ALTER TABLE experts ADD COLUMN term_to DATE;
-- Why and by whom the standing was last changed.
ALTER TABLE experts ADD COLUMN status_reason TEXT;
ALTER TABLE experts ADD COLUMN status_changed_by TEXT REFERENCES accounts (id);
ALTER TABLE experts ADD COLUMN status_changed_at TIMESTAMP;

-- What binds an expert to an organisation beside the present employer. A tie that was withdrawn stays as a record.
CREATE TABLE expert_ties (
    id                TEXT NOT NULL PRIMARY KEY,
    expert_id         TEXT NOT NULL REFERENCES experts (id),
    kind              TEXT NOT NULL CHECK (kind IN ('past_employer', 'kinship', 'dispute', 'other')),
    organisation_name TEXT NOT NULL,
    name_key          TEXT COLLATE "C" NOT NULL,
    organisation_code TEXT,
    -- First and last day, both included; empty is open.
    from_on           DATE,
    until_on          DATE,
    note              TEXT NOT NULL,
    declared_by       TEXT REFERENCES accounts (id),
    declared_at       TIMESTAMP NOT NULL,
    withdrawn_at      TIMESTAMP
);
CREATE INDEX expert_ties_expert ON expert_ties (expert_id);

CREATE TABLE draws (
    id                TEXT NOT NULL PRIMARY KEY,
    call_id           TEXT NOT NULL REFERENCES calls (id),
    -- From 1. An abandoned attempt stays, and the next one has another number.
    attempt           INTEGER NOT NULL CHECK (attempt > 0),
    status            TEXT NOT NULL CHECK (status IN ('announced', 'listed', 'drawn', 'abandoned')),
    -- Field to places and reserves.
    strata            JSON NOT NULL,
    announced_by      TEXT NOT NULL REFERENCES accounts (id),
    announced_at      TIMESTAMP NOT NULL,
    -- SHA-256 in hexadecimal of what each party keeps to itself until the list is fixed.
    handler_id        TEXT REFERENCES accounts (id),
    handler_commitment TEXT,
    handler_reveal    TEXT,
    auditor_id        TEXT REFERENCES accounts (id),
    auditor_commitment TEXT,
    auditor_reveal    TEXT,
    -- The candidates and the exclusions, canonical JSON, fixed before anything is revealed; and the event that fixed them.
    list              TEXT,
    list_sha256       TEXT,
    chain_head        TEXT,
    listed_at         TIMESTAMP,
    -- The whole record as it is handed out, canonical JSON.
    record            TEXT,
    record_sha256     TEXT,
    ended_at          TIMESTAMP,
    -- Why it was abandoned.
    reason            TEXT,
    version           INTEGER NOT NULL DEFAULT 1,
    UNIQUE (call_id, attempt)
);
CREATE UNIQUE INDEX draws_one_running ON draws (call_id) WHERE status IN ('announced', 'listed');

ALTER TABLE review_sessions ADD COLUMN draw_id TEXT REFERENCES draws (id);
-- Experts in the order in which they step in.
ALTER TABLE review_sessions ADD COLUMN reserves JSON NOT NULL DEFAULT '[]';
-- The fewest applications of each expert of the panel.
ALTER TABLE review_sessions ADD COLUMN load_floor INTEGER NOT NULL DEFAULT 0;
-- Pins and forbids of the organisers, each with its reason.
ALTER TABLE review_sessions ADD COLUMN wishes JSON NOT NULL DEFAULT '[]';
-- From here on no sheet is changed but in discussion.
ALTER TABLE review_sessions ADD COLUMN scoring_ended_at TIMESTAMP;

-- Where it comes from.
ALTER TABLE assignments ADD COLUMN source TEXT NOT NULL DEFAULT 'plan'
    CHECK (source IN ('plan', 'pin', 'reserve', 'second_panel'));
-- Why this expert: how well the fields fit, and what stood against the next best.
ALTER TABLE assignments ADD COLUMN explanation JSON NOT NULL DEFAULT '{}';

-- What a score sheet said before it was opened again.
CREATE TABLE sheet_versions (
    assignment_id     TEXT NOT NULL REFERENCES assignments (id),
    version           INTEGER NOT NULL,
    items             JSON NOT NULL,
    comments          JSON NOT NULL,
    opinion           TEXT NOT NULL,
    total             INTEGER NOT NULL,
    submitted_at      TIMESTAMP NOT NULL,
    ended_at          TIMESTAMP NOT NULL,
    -- 'reopened' by a recorded act, or changed in 'discussion'.
    ended_by          TEXT NOT NULL CHECK (ended_by IN ('reopened', 'discussion')),
    PRIMARY KEY (assignment_id, version)
);

-- A file whose sheets lie too far apart is talked over before the session is closed.
CREATE TABLE discussions (
    application_id    TEXT NOT NULL PRIMARY KEY REFERENCES applications (id),
    session_id        TEXT NOT NULL REFERENCES review_sessions (id),
    grounds           TEXT NOT NULL CHECK (grounds IN ('spread', 'outlier', 'officer')),
    reason            TEXT,
    opened_by         TEXT NOT NULL REFERENCES accounts (id),
    opened_at         TIMESTAMP NOT NULL,
    closed_at         TIMESTAMP
);
CREATE INDEX discussions_session ON discussions (session_id);

-- Each expert's position before and after; hundredths of a point.
CREATE TABLE discussion_positions (
    assignment_id     TEXT NOT NULL PRIMARY KEY REFERENCES assignments (id),
    application_id    TEXT NOT NULL REFERENCES discussions (application_id),
    before_total      INTEGER NOT NULL,
    after_total       INTEGER,
    remark            TEXT,
    stated_at         TIMESTAMP
);
CREATE INDEX discussion_positions_application ON discussion_positions (application_id);

-- An act on many things at once: shown before, applied whole or not at all, undone by one act while nothing rests on it.
CREATE TABLE change_sets (
    id                TEXT NOT NULL PRIMARY KEY,
    kind              TEXT NOT NULL CHECK (kind IN ('expert_import', 'assignment', 'reminders', 'decision')),
    -- The call, for what belongs to one.
    call_id           TEXT REFERENCES calls (id),
    status            TEXT NOT NULL CHECK (status IN ('applied', 'undone')),
    -- Counts and names, as the preview showed them.
    summary           JSON NOT NULL,
    -- What the undoing needs.
    before            JSON NOT NULL,
    applied_by        TEXT NOT NULL REFERENCES accounts (id),
    applied_at        TIMESTAMP NOT NULL,
    undone_by         TEXT REFERENCES accounts (id),
    undone_at         TIMESTAMP,
    undo_reason       TEXT
);
CREATE INDEX change_sets_call ON change_sets (call_id);
