-- The check of the store asks of each content whether a document names it, and a bucket may hold millions.
CREATE INDEX attachments_sha256 ON attachments (sha256);
