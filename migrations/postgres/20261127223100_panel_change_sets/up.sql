-- Experts who are brought into an open review, by a completion or a second panel, are change sets too: undone by one act while
-- nothing rests on it.
ALTER TABLE change_sets DROP CONSTRAINT change_sets_kind_check;
ALTER TABLE change_sets ADD CONSTRAINT change_sets_kind_check
    CHECK (kind IN ('expert_import', 'assignment', 'reminders', 'decision', 'completion', 'second_panel'));
