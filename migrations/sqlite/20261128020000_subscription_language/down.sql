ALTER TABLE search_subscriptions DROP COLUMN language;
