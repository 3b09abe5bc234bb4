-- What was held of such acts leaves by itself.
DELETE FROM mail_batches WHERE act IN ('acceptances_undone', 'files_accepted', 'files_recommended', 'recommendations_undone');
ALTER TABLE mail_batches DROP CONSTRAINT mail_batches_act_check;
ALTER TABLE mail_batches ADD CONSTRAINT mail_batches_act_check
    CHECK (act IN ('call_extended', 'decision_approved', 'decision_undone', 'list_published', 'notice_opened'));
ALTER TABLE mail_batches DROP COLUMN bureau;
