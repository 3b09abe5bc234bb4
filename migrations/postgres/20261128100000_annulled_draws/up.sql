-- A draw that is done may be annulled by two people while nothing rests on it. It stays in the record.
ALTER TABLE draws ADD COLUMN annulment_reason TEXT;
ALTER TABLE draws ADD COLUMN annulment_proposed_by TEXT REFERENCES accounts (id);
ALTER TABLE draws ADD COLUMN annulment_proposed_at TIMESTAMP;
-- Who agreed, another person; empty while it is only proposed.
ALTER TABLE draws ADD COLUMN annulled_by TEXT REFERENCES accounts (id);
ALTER TABLE draws ADD COLUMN annulled_at TIMESTAMP;
