-- The experts of a review as they were when it was closed: by whom the minutes say it was done, and by whose employers a conflict is judged
-- that is found afterwards. Empty for a review that is not closed, and for those closed before.
ALTER TABLE review_sessions ADD COLUMN people_at_closing JSON NOT NULL DEFAULT '[]';
