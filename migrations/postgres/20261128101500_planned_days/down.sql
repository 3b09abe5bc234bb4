ALTER TABLE calls DROP COLUMN planned_notice_on;
ALTER TABLE calls DROP COLUMN planned_decision_on;
ALTER TABLE calls DROP COLUMN planned_review_on;
ALTER TABLE calls DROP COLUMN planned_screening_on;
