DROP TRIGGER register_organisation_renamed ON organisations;
DROP TRIGGER register_list_published ON published_lists;
DROP TRIGGER register_membership_changed ON memberships;
DROP FUNCTION register_has_changed();
DELETE FROM counters WHERE name = 'register';
