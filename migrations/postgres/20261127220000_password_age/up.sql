-- When the password was set, for a rule that wants it changed from time to time. Empty for those set before: counted from when the account
-- was made.
ALTER TABLE accounts ADD COLUMN password_set_at TIMESTAMP;
