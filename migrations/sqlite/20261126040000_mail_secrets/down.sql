ALTER TABLE mails DROP COLUMN sealed;
ALTER TABLE mails DROP COLUMN secret_until;
