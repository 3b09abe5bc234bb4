-- What the owner of a key held when its request had been answered, a role a line: the answer is given again to whoever still holds all
-- of it. Empty for an answer that was kept before this column, which is given to
-- nobody with an account any more: it is forgotten after 48 hours at the latest.
ALTER TABLE idempotency_keys ADD COLUMN standing TEXT;
