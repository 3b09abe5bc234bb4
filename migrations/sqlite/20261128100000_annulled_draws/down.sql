ALTER TABLE draws DROP COLUMN annulled_at;
ALTER TABLE draws DROP COLUMN annulled_by;
ALTER TABLE draws DROP COLUMN annulment_proposed_at;
ALTER TABLE draws DROP COLUMN annulment_proposed_by;
ALTER TABLE draws DROP COLUMN annulment_reason;
