-- What an entry of an imported list is, where a programme knows the list: one of the programme's types, whether it is of the
-- province, and the last day on which it is shown as current. Found by type for the page of national-level platforms.
ALTER TABLE list_entries ADD COLUMN category_type TEXT;
ALTER TABLE list_entries ADD COLUMN in_province BOOLEAN;
ALTER TABLE list_entries ADD COLUMN valid_to DATE;
CREATE INDEX list_entries_category_type ON list_entries (category_type);
