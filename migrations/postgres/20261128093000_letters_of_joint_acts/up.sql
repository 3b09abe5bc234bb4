-- The letters of an act upon several files are held as well, a bureau's for its own officers.
ALTER TABLE mail_batches DROP CONSTRAINT mail_batches_act_check;
ALTER TABLE mail_batches ADD CONSTRAINT mail_batches_act_check
    CHECK (act IN ('acceptances_undone', 'call_extended', 'decision_approved', 'decision_undone', 'files_accepted', 'files_recommended', 'list_published', 'notice_opened', 'recommendations_undone'));
-- Whose act it was; empty for the department's.
ALTER TABLE mail_batches ADD COLUMN bureau TEXT;
