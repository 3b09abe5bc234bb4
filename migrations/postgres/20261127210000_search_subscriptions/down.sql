ALTER TABLE mails DROP COLUMN unsubscribe;
DROP TABLE search_subscriptions;
