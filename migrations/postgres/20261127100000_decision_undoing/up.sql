-- Undoing an approved decision: proposed by one officer with a reason, approved by another.
ALTER TABLE decisions DROP CONSTRAINT decisions_status_check;
ALTER TABLE decisions ADD CONSTRAINT decisions_status_check
    CHECK (status IN ('proposed', 'approved', 'returned', 'undone'));
ALTER TABLE decisions ADD COLUMN undo_proposed_by TEXT REFERENCES accounts (id);
ALTER TABLE decisions ADD COLUMN undo_proposed_at TIMESTAMP;
ALTER TABLE decisions ADD COLUMN undo_reason TEXT;
ALTER TABLE decisions ADD COLUMN undone_by TEXT REFERENCES accounts (id);
ALTER TABLE decisions ADD COLUMN undone_at TIMESTAMP;
CREATE INDEX decision_entries_application ON decision_entries (application_id);
