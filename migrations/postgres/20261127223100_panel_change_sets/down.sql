-- What was kept of completions and second panels is lost; the record still tells of them.
DELETE FROM change_sets WHERE kind IN ('completion', 'second_panel');
ALTER TABLE change_sets DROP CONSTRAINT change_sets_kind_check;
ALTER TABLE change_sets ADD CONSTRAINT change_sets_kind_check
    CHECK (kind IN ('expert_import', 'assignment', 'reminders', 'decision'));
