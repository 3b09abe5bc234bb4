-- What was kept of files that were moved on together is lost; the record still tells of them.
DELETE FROM change_sets WHERE kind IN ('recommendation', 'screening');
ALTER TABLE change_sets DROP CONSTRAINT change_sets_kind_check;
ALTER TABLE change_sets ADD CONSTRAINT change_sets_kind_check
    CHECK (kind IN ('expert_import', 'assignment', 'reminders', 'decision', 'completion', 'second_panel'));
