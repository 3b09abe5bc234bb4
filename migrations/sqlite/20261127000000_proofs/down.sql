ALTER TABLE objection_identities DROP COLUMN sealed;
ALTER TABLE memberships DROP COLUMN certificate_seal;
DROP INDEX checkpoint_leaves_subject;
DROP TABLE event_trees;
ALTER TABLE published_lists DROP COLUMN seal;
