-- A tie of its own for whoever directs or controls an organisation (政府采购法实施条例 第九条). The table is made anew because a CHECK
-- cannot be changed in place.
PRAGMA defer_foreign_keys = ON;
CREATE TEMPORARY TABLE expert_ties_before AS SELECT * FROM expert_ties;
DROP TABLE expert_ties;
CREATE TABLE expert_ties (
    id                TEXT NOT NULL PRIMARY KEY,
    expert_id         TEXT NOT NULL REFERENCES experts (id),
    kind              TEXT NOT NULL CHECK (kind IN ('past_employer', 'director', 'kinship', 'dispute', 'other')),
    organisation_name TEXT NOT NULL,
    name_key          TEXT NOT NULL,
    organisation_code TEXT,
    -- First and last day, both included; empty is open.
    from_on           DATE,
    until_on          DATE,
    note              TEXT NOT NULL,
    declared_by       TEXT REFERENCES accounts (id),
    declared_at       TIMESTAMP NOT NULL,
    withdrawn_at      TIMESTAMP
);
INSERT INTO expert_ties (id, expert_id, kind, organisation_name, name_key, organisation_code, from_on, until_on, note, declared_by,
    declared_at, withdrawn_at)
    SELECT id, expert_id, kind, organisation_name, name_key, organisation_code, from_on, until_on, note, declared_by,
    declared_at, withdrawn_at
    FROM expert_ties_before;
DROP TABLE expert_ties_before;
CREATE INDEX expert_ties_expert ON expert_ties (expert_id);
