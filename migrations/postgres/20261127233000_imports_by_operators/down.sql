-- What was kept of imports at the machine is lost; the record still tells of them.
DELETE FROM change_sets WHERE applied_by IS NULL;
ALTER TABLE change_sets ALTER COLUMN applied_by SET NOT NULL;
