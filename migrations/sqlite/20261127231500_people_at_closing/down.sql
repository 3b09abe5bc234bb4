ALTER TABLE review_sessions DROP COLUMN people_at_closing;
