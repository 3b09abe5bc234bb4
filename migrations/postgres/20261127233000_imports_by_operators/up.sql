-- An import of experts at the machine has no account that answers for it, and is a change set all the same: listed, and undone
-- by a handler while nothing rests on it.
ALTER TABLE change_sets ALTER COLUMN applied_by DROP NOT NULL;
