-- When the letter with the link to confirm left: the day in which it must be opened counts from then.
ALTER TABLE search_subscriptions ADD COLUMN letter_at TIMESTAMP;
UPDATE search_subscriptions SET letter_at = created_at;
