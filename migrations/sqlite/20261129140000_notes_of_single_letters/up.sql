-- What an officer puts below one letter of many, kept beside the note that all of them have: `note` holds both, as it is read.
ALTER TABLE mails ADD COLUMN own_note TEXT NOT NULL DEFAULT '';
