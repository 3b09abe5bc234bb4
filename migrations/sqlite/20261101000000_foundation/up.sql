-- People ---------------------------------------------------------------------------------------------------------

CREATE TABLE accounts (
    id                TEXT NOT NULL PRIMARY KEY,
    email             TEXT NOT NULL,
    -- Folded for comparison: one account per mailbox whatever the case typed.
    email_key         TEXT NOT NULL UNIQUE,
    name              TEXT NOT NULL,
    password_hash     TEXT,
    language          TEXT NOT NULL,
    status            TEXT NOT NULL CHECK (status IN ('invited', 'active', 'disabled')),
    created_at        TIMESTAMP NOT NULL,
    signed_in_at      TIMESTAMP,
    version           INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE sessions (
    -- SHA-256 of the cookie or of the bearer's session secret: a copy of the table opens nothing.
    id                TEXT NOT NULL PRIMARY KEY,
    account_id        TEXT NOT NULL REFERENCES accounts (id),
    kind              TEXT NOT NULL CHECK (kind IN ('browser', 'api')),
    user_agent        TEXT NOT NULL,
    created_at        TIMESTAMP NOT NULL,
    seen_at           TIMESTAMP NOT NULL,
    expires_at        TIMESTAMP NOT NULL,
    ended_at          TIMESTAMP
);
CREATE INDEX sessions_account ON sessions (account_id);

CREATE TABLE refresh_tokens (
    id                TEXT NOT NULL PRIMARY KEY,
    session_id        TEXT NOT NULL REFERENCES sessions (id),
    created_at        TIMESTAMP NOT NULL,
    expires_at        TIMESTAMP NOT NULL,
    used_at           TIMESTAMP
);

CREATE TABLE one_time_tokens (
    id                TEXT NOT NULL PRIMARY KEY,
    purpose           TEXT NOT NULL CHECK (purpose IN ('bootstrap', 'invitation', 'registration', 'password_reset')),
    account_id        TEXT REFERENCES accounts (id),
    created_at        TIMESTAMP NOT NULL,
    expires_at        TIMESTAMP NOT NULL,
    used_at           TIMESTAMP
);

-- Organisations --------------------------------------------------------------------------------------------------

CREATE TABLE organisations (
    id                TEXT NOT NULL PRIMARY KEY,
    credit_code       TEXT NOT NULL UNIQUE,
    name              TEXT NOT NULL,
    name_key          TEXT NOT NULL,
    -- Area of registration, a code of config/reference; none for an applicant from outside the province.
    registered_area   TEXT,
    main_service_city TEXT,
    established_on    DATE,
    address           TEXT NOT NULL,
    contact_name      TEXT NOT NULL,
    contact_phone     TEXT NOT NULL,
    -- Whether the check character follows GB 32100-2015; a wrong one stands until an officer overrides it.
    code_check        TEXT NOT NULL CHECK (code_check IN ('right', 'wrong', 'overridden')),
    created_at        TIMESTAMP NOT NULL,
    version           INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX organisations_name ON organisations (name_key);

-- The licence image and the reason with which an officer let a code with a wrong check character pass.
CREATE TABLE code_overrides (
    organisation_id   TEXT NOT NULL PRIMARY KEY REFERENCES organisations (id),
    licence_name      TEXT NOT NULL,
    licence_sha256    TEXT NOT NULL,
    licence_bytes     BIGINT NOT NULL,
    licence_type      TEXT NOT NULL,
    provided_by       TEXT NOT NULL REFERENCES accounts (id),
    provided_at       TIMESTAMP NOT NULL,
    reason            TEXT,
    decided_by        TEXT REFERENCES accounts (id),
    decided_at        TIMESTAMP
);

CREATE TABLE experts (
    id                TEXT NOT NULL PRIMARY KEY,
    account_id        TEXT REFERENCES accounts (id),
    name              TEXT NOT NULL,
    email             TEXT NOT NULL,
    email_key         TEXT NOT NULL UNIQUE,
    employer          TEXT NOT NULL,
    employer_code     TEXT,
    title             TEXT NOT NULL,
    city              TEXT,
    -- Fields of expertise: keys of categories, clusters and service fields.
    fields            TEXT NOT NULL CHECK (json_valid(fields)),
    load_limit        INTEGER NOT NULL CHECK (load_limit > 0),
    status            TEXT NOT NULL CHECK (status IN ('active', 'suspended', 'removed')),
    created_at        TIMESTAMP NOT NULL,
    version           INTEGER NOT NULL DEFAULT 1
);

-- A role held by a person. The scope column that the role needs is set; the others are empty.
CREATE TABLE grants (
    id                TEXT NOT NULL PRIMARY KEY,
    account_id        TEXT NOT NULL REFERENCES accounts (id),
    role              TEXT NOT NULL,
    organisation_id   TEXT REFERENCES organisations (id),
    bureau            TEXT,
    expert_id         TEXT REFERENCES experts (id),
    granted_by        TEXT REFERENCES accounts (id),
    reason            TEXT NOT NULL,
    granted_at        TIMESTAMP NOT NULL,
    ends_on           DATE,
    revoked_at        TIMESTAMP
);
CREATE INDEX grants_account ON grants (account_id);
CREATE INDEX grants_organisation ON grants (organisation_id);

CREATE TABLE join_requests (
    id                TEXT NOT NULL PRIMARY KEY,
    organisation_id   TEXT NOT NULL REFERENCES organisations (id),
    account_id        TEXT NOT NULL REFERENCES accounts (id),
    message           TEXT NOT NULL,
    status            TEXT NOT NULL CHECK (status IN ('pending', 'accepted', 'declined')),
    created_at        TIMESTAMP NOT NULL,
    decided_by        TEXT REFERENCES accounts (id),
    decided_at        TIMESTAMP
);
CREATE UNIQUE INDEX join_requests_pending ON join_requests (organisation_id, account_id) WHERE status = 'pending';

-- Calls ----------------------------------------------------------------------------------------------------------

CREATE TABLE calls (
    id                TEXT NOT NULL PRIMARY KEY,
    programme_key     TEXT NOT NULL,
    programme_version INTEGER NOT NULL,
    programme_digest  TEXT NOT NULL,
    -- The whole programme as it stood when the call was drafted: a running call never changes under an applicant's feet.
    programme         TEXT NOT NULL CHECK (json_valid(programme)),
    year              INTEGER NOT NULL,
    title             TEXT NOT NULL,
    body              TEXT NOT NULL,
    basis_title       TEXT NOT NULL,
    basis_number      TEXT NOT NULL,
    basis_issued_on   DATE NOT NULL,
    basis_valid_until DATE,
    opens_at          TIMESTAMP NOT NULL,
    closes_at         TIMESTAMP NOT NULL,
    -- City bureaus recommend until this instant.
    recommend_by      TIMESTAMP NOT NULL,
    status            TEXT NOT NULL CHECK (status IN ('draft', 'pending', 'approved', 'cancelled')),
    copied_from       TEXT REFERENCES calls (id),
    drafted_by        TEXT NOT NULL REFERENCES accounts (id),
    approved_by       TEXT REFERENCES accounts (id),
    approved_at       TIMESTAMP,
    created_at        TIMESTAMP NOT NULL,
    version           INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX calls_programme ON calls (programme_key, year);

CREATE TABLE call_questions (
    id                TEXT NOT NULL PRIMARY KEY,
    call_id           TEXT NOT NULL REFERENCES calls (id),
    asked_by          TEXT NOT NULL REFERENCES accounts (id),
    question          TEXT NOT NULL,
    asked_at          TIMESTAMP NOT NULL,
    answer            TEXT,
    answered_by       TEXT REFERENCES accounts (id),
    answered_at       TIMESTAMP
);
CREATE INDEX call_questions_call ON call_questions (call_id);

-- Applications ---------------------------------------------------------------------------------------------------

CREATE TABLE applications (
    id                TEXT NOT NULL PRIMARY KEY,
    call_id           TEXT NOT NULL REFERENCES calls (id),
    organisation_id   TEXT NOT NULL REFERENCES organisations (id),
    -- Given at the first submission.
    number            TEXT UNIQUE,
    state             TEXT NOT NULL,
    -- The recommending bureau; none for a file that goes straight to the department.
    bureau            TEXT,
    -- What was typed, as it was typed.
    form              TEXT NOT NULL CHECK (json_valid(form)),
    -- Consortium members beside the lead.
    members           TEXT NOT NULL CHECK (json_valid(members)),
    submission_count  INTEGER NOT NULL DEFAULT 0,
    submitted_at      TIMESTAMP,
    created_by        TEXT NOT NULL REFERENCES accounts (id),
    created_at        TIMESTAMP NOT NULL,
    updated_at        TIMESTAMP NOT NULL,
    version           INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX applications_one_per_call ON applications (call_id, organisation_id) WHERE state <> 'withdrawn';
CREATE INDEX applications_call_state ON applications (call_id, state);
CREATE INDEX applications_organisation ON applications (organisation_id);
CREATE INDEX applications_bureau_state ON applications (bureau, state);

CREATE TABLE attachments (
    id                TEXT NOT NULL PRIMARY KEY,
    application_id    TEXT NOT NULL REFERENCES applications (id),
    kind              TEXT NOT NULL,
    name              TEXT NOT NULL,
    sha256            TEXT NOT NULL,
    bytes             BIGINT NOT NULL,
    file_type         TEXT NOT NULL,
    uploaded_by       TEXT NOT NULL REFERENCES accounts (id),
    uploaded_at       TIMESTAMP NOT NULL,
    -- A removed document stays: an earlier submission may rest on it.
    removed_at        TIMESTAMP
);
CREATE INDEX attachments_application ON attachments (application_id);

CREATE TABLE submissions (
    id                TEXT NOT NULL PRIMARY KEY,
    application_id    TEXT NOT NULL REFERENCES applications (id),
    number            INTEGER NOT NULL,
    -- The frozen submission: organisation, form, members, documents. sha256 is over its canonical text.
    content           TEXT NOT NULL CHECK (json_valid(content)),
    sha256            TEXT NOT NULL,
    submitted_by      TEXT NOT NULL REFERENCES accounts (id),
    submitted_at      TIMESTAMP NOT NULL,
    UNIQUE (application_id, number)
);

CREATE TABLE corrections (
    id                TEXT NOT NULL PRIMARY KEY,
    application_id    TEXT NOT NULL REFERENCES applications (id),
    station           TEXT NOT NULL CHECK (station IN ('city', 'screening')),
    -- What must be mended: fields and documents, each with a reason.
    marks             TEXT NOT NULL CHECK (json_valid(marks)),
    note              TEXT NOT NULL,
    due_at            TIMESTAMP NOT NULL,
    requested_by      TEXT NOT NULL REFERENCES accounts (id),
    requested_at      TIMESTAMP NOT NULL,
    answered_at       TIMESTAMP,
    -- One round a station: everything to be mended is said at once.
    UNIQUE (application_id, station)
);

CREATE TABLE recommendations (
    id                TEXT NOT NULL PRIMARY KEY,
    application_id    TEXT NOT NULL REFERENCES applications (id),
    call_id           TEXT NOT NULL REFERENCES calls (id),
    bureau            TEXT NOT NULL,
    rank              INTEGER NOT NULL CHECK (rank > 0),
    opinion           TEXT NOT NULL,
    recommended_by    TEXT NOT NULL REFERENCES accounts (id),
    recommended_at    TIMESTAMP NOT NULL,
    -- Set when the application is withdrawn: the place is free again.
    ended_at          TIMESTAMP
);
CREATE UNIQUE INDEX recommendations_application ON recommendations (application_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX recommendations_rank ON recommendations (call_id, bureau, rank) WHERE ended_at IS NULL;

CREATE TABLE screenings (
    application_id    TEXT NOT NULL PRIMARY KEY REFERENCES applications (id),
    -- For each eligibility rule: the machine's finding and the officer's own.
    findings          TEXT NOT NULL CHECK (json_valid(findings)),
    conclusion        TEXT NOT NULL CHECK (conclusion IN ('accepted', 'ineligible')),
    reason            TEXT NOT NULL,
    screened_by       TEXT NOT NULL REFERENCES accounts (id),
    screened_at       TIMESTAMP NOT NULL
);

-- Review ---------------------------------------------------------------------------------------------------------

CREATE TABLE review_sessions (
    id                TEXT NOT NULL PRIMARY KEY,
    call_id           TEXT NOT NULL UNIQUE REFERENCES calls (id),
    status            TEXT NOT NULL CHECK (status IN ('preparing', 'open', 'closed')),
    due_at            TIMESTAMP NOT NULL,
    -- The experts who take part, with those in reserve: replacements come from here.
    panel             TEXT NOT NULL CHECK (json_valid(panel)),
    created_by        TEXT NOT NULL REFERENCES accounts (id),
    created_at        TIMESTAMP NOT NULL,
    opened_at         TIMESTAMP,
    closed_at         TIMESTAMP,
    closed_by         TEXT REFERENCES accounts (id),
    version           INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE assignments (
    id                TEXT NOT NULL PRIMARY KEY,
    session_id        TEXT NOT NULL REFERENCES review_sessions (id),
    application_id    TEXT NOT NULL REFERENCES applications (id),
    expert_id         TEXT NOT NULL REFERENCES experts (id),
    status            TEXT NOT NULL CHECK (status IN ('awaiting', 'accepted', 'recused', 'released')),
    assigned_at       TIMESTAMP NOT NULL,
    declared_at       TIMESTAMP,
    -- The declared conflict, or the reason for the release.
    reason            TEXT,
    UNIQUE (application_id, expert_id)
);
CREATE INDEX assignments_expert ON assignments (expert_id);
CREATE INDEX assignments_session ON assignments (session_id);

CREATE TABLE score_sheets (
    assignment_id     TEXT NOT NULL PRIMARY KEY REFERENCES assignments (id),
    -- Item key to points as they were typed, and comments; the total in hundredths of a point comes at submission.
    items             TEXT NOT NULL CHECK (json_valid(items)),
    comments          TEXT NOT NULL CHECK (json_valid(comments)),
    opinion           TEXT NOT NULL,
    status            TEXT NOT NULL CHECK (status IN ('draft', 'submitted', 'void')),
    total             INTEGER,
    saved_at          TIMESTAMP NOT NULL,
    submitted_at      TIMESTAMP,
    version           INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE rankings (
    application_id    TEXT NOT NULL PRIMARY KEY REFERENCES applications (id),
    call_id           TEXT NOT NULL REFERENCES calls (id),
    place             INTEGER NOT NULL,
    -- Hundredths of a point.
    score             INTEGER NOT NULL,
    plain_mean        INTEGER NOT NULL,
    spread            INTEGER NOT NULL,
    sheet_count       INTEGER NOT NULL,
    trimmed           BOOLEAN NOT NULL,
    short_panel       BOOLEAN NOT NULL,
    to_discuss        BOOLEAN NOT NULL,
    tie_broken_by     TEXT,
    ranked_at         TIMESTAMP NOT NULL
);
CREATE INDEX rankings_call ON rankings (call_id, place);

-- Decision, notice, list -----------------------------------------------------------------------------------------

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
CREATE UNIQUE INDEX decisions_one_pending ON decisions (call_id) WHERE status = 'proposed';

CREATE TABLE decision_entries (
    decision_id       TEXT NOT NULL REFERENCES decisions (id),
    application_id    TEXT NOT NULL REFERENCES applications (id),
    outcome           TEXT NOT NULL CHECK (outcome IN ('selected', 'not_selected')),
    reason            TEXT NOT NULL,
    PRIMARY KEY (decision_id, application_id)
);

CREATE TABLE notices (
    id                TEXT NOT NULL PRIMARY KEY,
    call_id           TEXT NOT NULL REFERENCES calls (id),
    number            TEXT NOT NULL UNIQUE,
    title             TEXT NOT NULL,
    body              TEXT NOT NULL,
    starts_on         DATE NOT NULL,
    ends_on           DATE NOT NULL,
    -- Half open: an objection is in time before this instant.
    ends_at           TIMESTAMP NOT NULL,
    opened_by         TEXT NOT NULL REFERENCES accounts (id),
    opened_at         TIMESTAMP NOT NULL
);

CREATE TABLE notice_entries (
    notice_id         TEXT NOT NULL REFERENCES notices (id),
    application_id    TEXT NOT NULL UNIQUE REFERENCES applications (id),
    position          INTEGER NOT NULL,
    -- The whitelisted public columns, as shown.
    shown             TEXT NOT NULL CHECK (json_valid(shown)),
    PRIMARY KEY (notice_id, position)
);

CREATE TABLE objections (
    id                TEXT NOT NULL PRIMARY KEY,
    number            TEXT NOT NULL UNIQUE,
    notice_id         TEXT NOT NULL REFERENCES notices (id),
    application_id    TEXT NOT NULL REFERENCES applications (id),
    matter            TEXT NOT NULL,
    received_at       TIMESTAMP NOT NULL,
    status            TEXT NOT NULL CHECK (status IN ('received', 'not_accepted', 'accepted', 'upheld', 'dismissed')),
    -- Codes of what was lacking, for one that is not accepted.
    shortcomings      TEXT NOT NULL CHECK (json_valid(shortcomings)),
    -- A finding is proposed by one officer and approved by another.
    proposed_outcome  TEXT CHECK (proposed_outcome IN ('upheld', 'dismissed')),
    proposed_reason   TEXT,
    proposed_by       TEXT REFERENCES accounts (id),
    decided_by        TEXT REFERENCES accounts (id),
    decided_at        TIMESTAMP,
    version           INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX objections_application ON objections (application_id);

-- Who objected. Apart from the objection, so that no query of an objection can show it by accident.
CREATE TABLE objection_identities (
    objection_id      TEXT NOT NULL PRIMARY KEY REFERENCES objections (id),
    kind              TEXT NOT NULL CHECK (kind IN ('person', 'unit')),
    name              TEXT NOT NULL,
    phone             TEXT NOT NULL,
    email             TEXT NOT NULL
);

CREATE TABLE objection_evidence (
    id                TEXT NOT NULL PRIMARY KEY,
    objection_id      TEXT NOT NULL REFERENCES objections (id),
    name              TEXT NOT NULL,
    sha256            TEXT NOT NULL,
    bytes             BIGINT NOT NULL,
    file_type         TEXT NOT NULL
);

CREATE TABLE published_lists (
    id                TEXT NOT NULL PRIMARY KEY,
    -- None for a list that was imported.
    call_id           TEXT REFERENCES calls (id),
    kind              TEXT NOT NULL CHECK (kind IN ('main', 'supplement', 'imported')),
    number            TEXT UNIQUE,
    category          TEXT NOT NULL,
    year              INTEGER,
    title             TEXT NOT NULL,
    body              TEXT NOT NULL,
    source_url        TEXT,
    status            TEXT NOT NULL CHECK (status IN ('proposed', 'published', 'returned')),
    proposed_by       TEXT REFERENCES accounts (id),
    proposed_at       TIMESTAMP NOT NULL,
    published_by      TEXT REFERENCES accounts (id),
    published_at      TIMESTAMP,
    -- Where the published list stands in the chain of lists, and its proof. All empty until it is published.
    chain_number      INTEGER UNIQUE,
    canonical         TEXT,
    sha256            TEXT,
    previous_sha256   TEXT,
    signature         TEXT,
    version           INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX published_lists_call ON published_lists (call_id);

CREATE TABLE list_entries (
    list_id           TEXT NOT NULL REFERENCES published_lists (id),
    position          INTEGER NOT NULL,
    application_id    TEXT REFERENCES applications (id),
    organisation_id   TEXT REFERENCES organisations (id),
    organisation_name TEXT NOT NULL,
    product           TEXT NOT NULL,
    credit_code       TEXT,
    city              TEXT,
    result            TEXT NOT NULL,
    shown             TEXT NOT NULL CHECK (json_valid(shown)),
    PRIMARY KEY (list_id, position)
);
CREATE INDEX list_entries_organisation ON list_entries (organisation_id);
-- An application is recognised once, in one list.
CREATE UNIQUE INDEX list_entries_application ON list_entries (application_id);

CREATE TABLE memberships (
    id                TEXT NOT NULL PRIMARY KEY,
    organisation_id   TEXT NOT NULL REFERENCES organisations (id),
    application_id    TEXT NOT NULL UNIQUE REFERENCES applications (id),
    list_id           TEXT NOT NULL REFERENCES published_lists (id),
    category          TEXT NOT NULL,
    city              TEXT,
    -- Not a counter: a certificate's number must not be guessable.
    certificate_number TEXT NOT NULL UNIQUE,
    valid_from        DATE NOT NULL,
    valid_to          DATE NOT NULL,
    standing          TEXT NOT NULL CHECK (standing IN ('active', 'warned', 'revoked', 'withdrew')),
    created_at        TIMESTAMP NOT NULL,
    version           INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX memberships_organisation ON memberships (organisation_id);

-- The record -----------------------------------------------------------------------------------------------------

CREATE TABLE events (
    subject_kind      TEXT NOT NULL,
    subject_id        TEXT NOT NULL,
    seq               BIGINT NOT NULL,
    at                TIMESTAMP NOT NULL,
    actor             TEXT NOT NULL,
    role              TEXT NOT NULL,
    action            TEXT NOT NULL,
    from_state        TEXT,
    to_state          TEXT,
    reason            TEXT,
    detail            TEXT NOT NULL CHECK (json_valid(detail)),
    hash              TEXT NOT NULL,
    PRIMARY KEY (subject_kind, subject_id, seq)
);
CREATE INDEX events_at ON events (at);

-- The end of each subject's chain; also the lock that keeps a chain in order.
CREATE TABLE chain_heads (
    subject_kind      TEXT NOT NULL,
    subject_id        TEXT NOT NULL,
    seq               BIGINT NOT NULL,
    hash              TEXT NOT NULL,
    checkpointed_seq  BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (subject_kind, subject_id)
);

CREATE TABLE checkpoints (
    number            BIGINT NOT NULL PRIMARY KEY,
    at                TIMESTAMP NOT NULL,
    leaf_count        BIGINT NOT NULL,
    root              TEXT NOT NULL,
    previous          TEXT NOT NULL,
    statement         TEXT NOT NULL,
    hash              TEXT NOT NULL,
    signature         TEXT NOT NULL,
    key_id            TEXT NOT NULL
);

-- The ends of the chains that had moved since the checkpoint before.
CREATE TABLE checkpoint_leaves (
    checkpoint_number BIGINT NOT NULL REFERENCES checkpoints (number),
    position          BIGINT NOT NULL,
    subject_kind      TEXT NOT NULL,
    subject_id        TEXT NOT NULL,
    seq               BIGINT NOT NULL,
    hash              TEXT NOT NULL,
    PRIMARY KEY (checkpoint_number, position)
);

CREATE TABLE mails (
    id                TEXT NOT NULL PRIMARY KEY,
    message_id        TEXT NOT NULL UNIQUE,
    account_id        TEXT REFERENCES accounts (id),
    to_address        TEXT NOT NULL,
    template          TEXT NOT NULL,
    subject           TEXT NOT NULL,
    body              TEXT NOT NULL,
    created_at        TIMESTAMP NOT NULL,
    next_attempt_at   TIMESTAMP NOT NULL,
    locked_until      TIMESTAMP,
    attempts          INTEGER NOT NULL DEFAULT 0,
    sent_at           TIMESTAMP,
    failed_at         TIMESTAMP,
    last_error        TEXT
);
CREATE INDEX mails_due ON mails (next_attempt_at) WHERE sent_at IS NULL AND failed_at IS NULL;

CREATE TABLE idempotency_keys (
    -- The account, or the word public: one caller's key never meets another's.
    owner             TEXT NOT NULL,
    key               TEXT NOT NULL,
    request_sha256    TEXT NOT NULL,
    status            INTEGER,
    body              TEXT,
    created_at        TIMESTAMP NOT NULL,
    PRIMARY KEY (owner, key)
);

CREATE TABLE counters (
    name              TEXT NOT NULL PRIMARY KEY,
    value             BIGINT NOT NULL
);

-- Guards: what was written stays as it was written -----------------------------------------------------------------

CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events is append-only'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events is append-only'); END;
CREATE TRIGGER submissions_no_update BEFORE UPDATE ON submissions BEGIN SELECT RAISE(ABORT, 'submissions is append-only'); END;
CREATE TRIGGER submissions_no_delete BEFORE DELETE ON submissions BEGIN SELECT RAISE(ABORT, 'submissions is append-only'); END;
CREATE TRIGGER checkpoints_no_update BEFORE UPDATE ON checkpoints BEGIN SELECT RAISE(ABORT, 'checkpoints is append-only'); END;
CREATE TRIGGER checkpoints_no_delete BEFORE DELETE ON checkpoints BEGIN SELECT RAISE(ABORT, 'checkpoints is append-only'); END;
CREATE TRIGGER checkpoint_leaves_no_update BEFORE UPDATE ON checkpoint_leaves BEGIN SELECT RAISE(ABORT, 'checkpoint_leaves is append-only'); END;
CREATE TRIGGER checkpoint_leaves_no_delete BEFORE DELETE ON checkpoint_leaves BEGIN SELECT RAISE(ABORT, 'checkpoint_leaves is append-only'); END;

-- A published list is immutable; only a proposed one may still change.
CREATE TRIGGER published_lists_no_update BEFORE UPDATE ON published_lists WHEN OLD.status = 'published'
    BEGIN SELECT RAISE(ABORT, 'a published list is immutable'); END;
CREATE TRIGGER published_lists_no_delete BEFORE DELETE ON published_lists WHEN OLD.status = 'published'
    BEGIN SELECT RAISE(ABORT, 'a published list is immutable'); END;
CREATE TRIGGER list_entries_no_update BEFORE UPDATE ON list_entries
    WHEN EXISTS (SELECT 1 FROM published_lists WHERE id = OLD.list_id AND status = 'published')
    BEGIN SELECT RAISE(ABORT, 'a published list is immutable'); END;
CREATE TRIGGER list_entries_no_delete BEFORE DELETE ON list_entries
    WHEN EXISTS (SELECT 1 FROM published_lists WHERE id = OLD.list_id AND status = 'published')
    BEGIN SELECT RAISE(ABORT, 'a published list is immutable'); END;
