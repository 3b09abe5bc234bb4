ALTER TABLE search_subscriptions DROP COLUMN letter_at;
