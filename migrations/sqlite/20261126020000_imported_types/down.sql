DROP INDEX list_entries_category_type;
ALTER TABLE list_entries DROP COLUMN valid_to;
ALTER TABLE list_entries DROP COLUMN in_province;
ALTER TABLE list_entries DROP COLUMN category_type;
