DROP TRIGGER register_organisation_renamed;
DROP TRIGGER register_list_published;
DROP TRIGGER register_list_added;
DROP TRIGGER register_membership_removed;
DROP TRIGGER register_membership_changed;
DROP TRIGGER register_membership_added;
DELETE FROM counters WHERE name = 'register';
