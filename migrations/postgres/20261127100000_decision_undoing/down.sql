-- The nearest that was known before: it counts no more, and why.
UPDATE decisions SET status = 'returned', return_reason = undo_reason WHERE status = 'undone';
DROP INDEX decision_entries_application;
ALTER TABLE decisions DROP COLUMN undone_at;
ALTER TABLE decisions DROP COLUMN undone_by;
ALTER TABLE decisions DROP COLUMN undo_reason;
ALTER TABLE decisions DROP COLUMN undo_proposed_at;
ALTER TABLE decisions DROP COLUMN undo_proposed_by;
ALTER TABLE decisions DROP CONSTRAINT decisions_status_check;
ALTER TABLE decisions ADD CONSTRAINT decisions_status_check CHECK (status IN ('proposed', 'approved', 'returned'));
