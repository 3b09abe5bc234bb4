DROP TRIGGER chain_heads_no_return;
DROP TRIGGER chain_heads_no_delete;
DROP TRIGGER event_trees_no_replace;
DROP TRIGGER checkpoint_leaves_no_replace;
DROP TRIGGER checkpoints_no_replace;
DROP TRIGGER submissions_no_replace;
DROP TRIGGER events_no_replace;
