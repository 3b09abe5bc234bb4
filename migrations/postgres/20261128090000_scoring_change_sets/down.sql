-- What was kept of ends of the scoring and of discussions is lost; the record still tells of them.
DELETE FROM change_sets WHERE kind IN ('scoring_end', 'discussion_end');
ALTER TABLE change_sets DROP CONSTRAINT change_sets_kind_check;
ALTER TABLE change_sets ADD CONSTRAINT change_sets_kind_check
    CHECK (kind IN ('expert_import', 'assignment', 'reminders', 'decision', 'completion', 'second_panel', 'recommendation', 'screening'));
