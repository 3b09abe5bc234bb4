ALTER TABLE mails DROP COLUMN application_id;
