-- The days that were given stay: the program of before heeds them too.
ALTER TABLE grants DROP COLUMN reminded_days;
ALTER TABLE grants DROP COLUMN by_operator;
