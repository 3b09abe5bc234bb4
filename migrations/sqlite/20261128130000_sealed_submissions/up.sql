-- What was filed before it was sealed at rest is sealed once, at a start of the service: content that stands in the clear may become
-- sealed content, and nothing else of a submission changes. Whether it is the same content, its hash says as ever.
DROP TRIGGER submissions_no_update;
CREATE TRIGGER submissions_no_update BEFORE UPDATE ON submissions
    WHEN NEW.id <> OLD.id OR NEW.application_id <> OLD.application_id OR NEW.number <> OLD.number
      OR NEW.sha256 <> OLD.sha256 OR NEW.submitted_by <> OLD.submitted_by OR NEW.submitted_at <> OLD.submitted_at
      OR substr(OLD.content, 1, 1) = '"' OR substr(NEW.content, 1, 10) <> '"sealed:1:'
BEGIN SELECT RAISE(ABORT, 'submissions is append-only'); END;
