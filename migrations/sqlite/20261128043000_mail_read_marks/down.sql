DROP INDEX mails_account;
ALTER TABLE mails DROP COLUMN read_at;
