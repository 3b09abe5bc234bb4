-- Nothing to undo: which days were given here and which by an administrator is not kept, and the program of before heeds them too. The
-- statement is there because PostgreSQL takes no empty one.
SELECT 1;
