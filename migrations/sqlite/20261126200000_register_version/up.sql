-- The version of the public register: goes up with whatever changes what the public can find, whoever changes it. Each process
-- keeps an index in memory and builds it anew when the version has changed.
INSERT INTO counters (name, value) VALUES ('register', 1);

CREATE TRIGGER register_membership_added AFTER INSERT ON memberships
    BEGIN UPDATE counters SET value = value + 1 WHERE name = 'register'; END;
CREATE TRIGGER register_membership_changed AFTER UPDATE ON memberships
    BEGIN UPDATE counters SET value = value + 1 WHERE name = 'register'; END;
CREATE TRIGGER register_membership_removed AFTER DELETE ON memberships
    BEGIN UPDATE counters SET value = value + 1 WHERE name = 'register'; END;
CREATE TRIGGER register_list_added AFTER INSERT ON published_lists WHEN NEW.status = 'published'
    BEGIN UPDATE counters SET value = value + 1 WHERE name = 'register'; END;
CREATE TRIGGER register_list_published AFTER UPDATE ON published_lists WHEN NEW.status = 'published'
    BEGIN UPDATE counters SET value = value + 1 WHERE name = 'register'; END;
CREATE TRIGGER register_organisation_renamed AFTER UPDATE OF name, credit_code ON organisations
    BEGIN UPDATE counters SET value = value + 1 WHERE name = 'register'; END;
