-- What the guards of the record let through so far. INSERT OR REPLACE takes a row away without asking a trigger that stands
-- before DELETE; so the same key is refused where it comes in.
CREATE TRIGGER events_no_replace BEFORE INSERT ON events WHEN EXISTS (SELECT 1 FROM events
    WHERE subject_kind = NEW.subject_kind AND subject_id = NEW.subject_id AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'events is append-only'); END;
CREATE TRIGGER submissions_no_replace BEFORE INSERT ON submissions WHEN EXISTS (SELECT 1 FROM submissions
    WHERE id = NEW.id OR (application_id = NEW.application_id AND number = NEW.number))
BEGIN SELECT RAISE(ABORT, 'submissions is append-only'); END;
CREATE TRIGGER checkpoints_no_replace BEFORE INSERT ON checkpoints WHEN EXISTS (SELECT 1 FROM checkpoints
    WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'checkpoints is append-only'); END;
CREATE TRIGGER checkpoint_leaves_no_replace BEFORE INSERT ON checkpoint_leaves WHEN EXISTS (SELECT 1 FROM checkpoint_leaves
    WHERE checkpoint_number = NEW.checkpoint_number AND position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'checkpoint_leaves is append-only'); END;
CREATE TRIGGER event_trees_no_replace BEFORE INSERT ON event_trees WHEN EXISTS (SELECT 1 FROM event_trees
    WHERE checkpoint_number = NEW.checkpoint_number)
BEGIN SELECT RAISE(ABORT, 'event_trees is append-only'); END;

-- The end of a chain only moves on: one that went back would let a new event take the number of an old one.
CREATE TRIGGER chain_heads_no_delete BEFORE DELETE ON chain_heads BEGIN SELECT RAISE(ABORT, 'chain_heads only moves on'); END;
CREATE TRIGGER chain_heads_no_return BEFORE UPDATE ON chain_heads
    WHEN NEW.seq < OLD.seq OR NEW.checkpointed_seq < OLD.checkpointed_seq
      OR NEW.subject_kind <> OLD.subject_kind OR NEW.subject_id <> OLD.subject_id
BEGIN SELECT RAISE(ABORT, 'chain_heads only moves on'); END;
