DROP INDEX mails_batch_id;
ALTER TABLE mails DROP COLUMN note;
ALTER TABLE mails DROP COLUMN batch_id;
DROP TABLE mail_batches;
