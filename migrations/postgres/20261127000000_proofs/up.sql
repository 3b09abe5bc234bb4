-- Proofs: what a list was sealed with, the trees over the events, certificates that prove themselves, sealed identities.

-- Algorithm and key of a list's signature and its anchor in the record; empty for a list sealed before there was one.
ALTER TABLE published_lists ADD COLUMN seal TEXT;

-- The tree over the events that a checkpoint was the first to cover (RFC 6962), in the order of its leaves.
CREATE TABLE event_trees (
    checkpoint_number BIGINT NOT NULL PRIMARY KEY REFERENCES checkpoints (number),
    event_count       BIGINT NOT NULL,
    root              TEXT NOT NULL
);
CREATE INDEX checkpoint_leaves_subject ON checkpoint_leaves (subject_kind, subject_id, checkpoint_number);

-- What the certificate carries: its facts and a signature, as text for a QR code. Empty for one given out before.
ALTER TABLE memberships ADD COLUMN certificate_seal TEXT;

-- Name, telephone and address, encrypted; the columns beside it are empty from then on.
ALTER TABLE objection_identities ADD COLUMN sealed TEXT;

CREATE TRIGGER event_trees_append_only BEFORE UPDATE OR DELETE ON event_trees FOR EACH ROW EXECUTE FUNCTION refuse_change();
