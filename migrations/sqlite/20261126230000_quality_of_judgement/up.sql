-- What follows the scoring: explanations of sheets far from their panel, and the extra station's own sheets.

-- Asked when the scoring ends; the text is empty until it is written.
CREATE TABLE score_explanations (
    assignment_id     TEXT NOT NULL PRIMARY KEY REFERENCES assignments (id),
    -- Above the others, or below them.
    above             BOOLEAN NOT NULL,
    text              TEXT,
    asked_at          TIMESTAMP NOT NULL,
    explained_at      TIMESTAMP
);

-- The sheet of a site visit or defence: like a score sheet, against a rubric of its own.
CREATE TABLE extra_sheets (
    assignment_id     TEXT NOT NULL PRIMARY KEY REFERENCES assignments (id),
    items             TEXT NOT NULL CHECK (json_valid(items)),
    comments          TEXT NOT NULL CHECK (json_valid(comments)),
    opinion           TEXT NOT NULL,
    status            TEXT NOT NULL CHECK (status IN ('draft', 'submitted', 'void')),
    -- Hundredths of a point; set when it is submitted.
    total             INTEGER,
    saved_at          TIMESTAMP NOT NULL,
    submitted_at      TIMESTAMP,
    version           INTEGER NOT NULL DEFAULT 1
);

-- With an extra station: the panel's own score and the station's mean, rounded for reading; the score is made of both
-- before either was rounded.
ALTER TABLE rankings ADD COLUMN panel_score INTEGER;
ALTER TABLE rankings ADD COLUMN extra_score INTEGER;
