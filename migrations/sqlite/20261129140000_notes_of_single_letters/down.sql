ALTER TABLE mails DROP COLUMN own_note;
