-- Whoever subscribes is written to in the language in which they asked for it.
ALTER TABLE search_subscriptions ADD COLUMN language TEXT NOT NULL DEFAULT 'zh-CN';
