REVOKE UPDATE (content) ON submissions FROM CURRENT_USER;
DROP TRIGGER submissions_only_sealed ON submissions;
DROP TRIGGER submissions_append_only ON submissions;
CREATE TRIGGER submissions_append_only BEFORE UPDATE OR DELETE ON submissions FOR EACH ROW EXECUTE FUNCTION refuse_change();
