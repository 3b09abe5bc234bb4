-- Every role has a giver, a reason and an end. The giver of those that no account gave is the operator: by the link of a start, or by a
-- command.
ALTER TABLE grants ADD COLUMN by_operator BOOLEAN NOT NULL DEFAULT FALSE;
-- How many days before its end the administrators were told last that an administrator's role ends; the next time they are told later.
ALTER TABLE grants ADD COLUMN reminded_days INTEGER;
UPDATE grants SET by_operator = TRUE WHERE granted_by IS NULL;
-- What was given before without an end has one a year after today; an expert's not before the term of appointment is over. An organisation's
-- administrator is one until another takes it back.
UPDATE grants SET ends_on = (current_date + interval '1 year')::date
WHERE role <> 'vendor_admin' AND role <> 'expert' AND ends_on IS NULL AND revoked_at IS NULL;
UPDATE grants SET ends_on = greatest((current_date + interval '1 year')::date,
    (SELECT term_to FROM experts WHERE experts.id = grants.expert_id))
WHERE role = 'expert' AND ends_on IS NULL AND revoked_at IS NULL;
