-- Whoever has an account finds their mail in the service too, and what they have read of it.
ALTER TABLE mails ADD COLUMN read_at TIMESTAMP;
CREATE INDEX mails_account ON mails (account_id, read_at);
