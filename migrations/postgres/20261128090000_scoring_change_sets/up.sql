-- The end of the scoring, and of discussions, are change sets too: taken back by one act while nothing rests on it.
ALTER TABLE change_sets DROP CONSTRAINT change_sets_kind_check;
ALTER TABLE change_sets ADD CONSTRAINT change_sets_kind_check
    CHECK (kind IN ('expert_import', 'assignment', 'reminders', 'decision', 'completion', 'second_panel', 'recommendation', 'screening', 'scoring_end', 'discussion_end'));
