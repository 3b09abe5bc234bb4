-- What the guards of the record let through so far: TRUNCATE asks no trigger that stands before DELETE.
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER submissions_no_truncate BEFORE TRUNCATE ON submissions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER checkpoints_no_truncate BEFORE TRUNCATE ON checkpoints FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER checkpoint_leaves_no_truncate BEFORE TRUNCATE ON checkpoint_leaves FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_trees_no_truncate BEFORE TRUNCATE ON event_trees FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER chain_heads_no_truncate BEFORE TRUNCATE ON chain_heads FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER published_lists_no_truncate BEFORE TRUNCATE ON published_lists FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER list_entries_no_truncate BEFORE TRUNCATE ON list_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The end of a chain only moves on: one that went back would let a new event take the number of an old one.
CREATE TRIGGER chain_heads_no_delete BEFORE DELETE ON chain_heads FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER chain_heads_no_return BEFORE UPDATE ON chain_heads FOR EACH ROW
    WHEN (NEW.seq < OLD.seq OR NEW.checkpointed_seq < OLD.checkpointed_seq
      OR NEW.subject_kind <> OLD.subject_kind OR NEW.subject_id <> OLD.subject_id)
    EXECUTE FUNCTION refuse_change();

-- The role of the service owns these tables and may not change what is in them: a second lock beside the triggers. Not on
-- checkpoints, which it must lock and which leaves refer to: both ask for the privilege of a change; the triggers hold there.
REVOKE UPDATE, DELETE, TRUNCATE ON events, submissions, checkpoint_leaves, event_trees FROM CURRENT_USER;
