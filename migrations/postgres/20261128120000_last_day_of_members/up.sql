-- The role of an organisation's member has a last day, which its administrator can put off. Those that were given before there was one
-- end a year after today; an administrator's has none.
UPDATE grants SET ends_on = (current_date + interval '1 year')::date
WHERE role = 'vendor_member' AND ends_on IS NULL AND revoked_at IS NULL;
