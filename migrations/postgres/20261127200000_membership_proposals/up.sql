-- What somebody proposes about a membership and somebody else decides: a revocation, a bar on applying again, a withdrawal that the
-- organisation itself asks for. What was decided also stands in the record of the membership.
CREATE TABLE membership_proposals (
    id            TEXT NOT NULL PRIMARY KEY,
    membership_id TEXT NOT NULL REFERENCES memberships (id),
    kind          TEXT NOT NULL CHECK (kind IN ('revocation', 'bar', 'withdrawal')),
    status        TEXT NOT NULL CHECK (status IN ('pending', 'accepted', 'returned')),
    reason        TEXT NOT NULL,
    -- The rule that it rests on; empty for a withdrawal, which rests on the wish of the organisation.
    basis         TEXT NOT NULL,
    -- The last day on which the organisation may not apply; empty where none is proposed.
    barred_until  DATE,
    proposed_by   TEXT NOT NULL REFERENCES accounts (id),
    proposed_at   TIMESTAMP NOT NULL,
    decided_by    TEXT REFERENCES accounts (id),
    decided_at    TIMESTAMP,
    -- Why it was sent back.
    answer        TEXT
);
CREATE INDEX membership_proposals_membership ON membership_proposals (membership_id);
CREATE UNIQUE INDEX membership_proposals_one_pending ON membership_proposals (membership_id) WHERE status = 'pending';
