-- The days by which the department plans to have passed the stations behind the deadlines; empty where it says none.
ALTER TABLE calls ADD COLUMN planned_screening_on DATE;
ALTER TABLE calls ADD COLUMN planned_review_on DATE;
ALTER TABLE calls ADD COLUMN planned_decision_on DATE;
-- The day on which the public notice is to begin.
ALTER TABLE calls ADD COLUMN planned_notice_on DATE;
