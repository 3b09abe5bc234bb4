-- The application that a mail tells of: letters of one file leave in the order in which they were written. Empty for a mail that tells of
-- none, or of several. What was written before this column names its file by its text alone, and is left so: of the letters that are held
-- at that moment all those of a call go together when their reader is written to about one file of it.
ALTER TABLE mails ADD COLUMN application_id TEXT;
