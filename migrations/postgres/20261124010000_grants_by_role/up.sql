-- Every filed application is told to the officers of a bureau or of the department: found without reading the grants of
-- all vendors.
CREATE INDEX grants_role ON grants (role, bureau);
