-- The version of the public register: goes up with whatever changes what the public can find, whoever changes it. Each process
-- keeps an index in memory and builds it anew when the version has changed.
INSERT INTO counters (name, value) VALUES ('register', 1);

CREATE FUNCTION register_has_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'register';
    RETURN NULL;
END;
$$;
CREATE TRIGGER register_membership_changed AFTER INSERT OR UPDATE OR DELETE ON memberships FOR EACH ROW
    EXECUTE FUNCTION register_has_changed();
CREATE TRIGGER register_list_published AFTER INSERT OR UPDATE ON published_lists FOR EACH ROW
    WHEN (NEW.status = 'published') EXECUTE FUNCTION register_has_changed();
CREATE TRIGGER register_organisation_renamed AFTER UPDATE OF name, credit_code ON organisations FOR EACH ROW
    EXECUTE FUNCTION register_has_changed();
