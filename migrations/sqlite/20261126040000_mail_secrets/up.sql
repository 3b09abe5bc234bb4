-- A mail that holds a one-time link, or goes to somebody whose identity is sealed, is emptied once it was sent, and once it was given up
-- and its time is over: what is sent lies with the reader, not with us. Who, what kind and when stay.
ALTER TABLE mails ADD COLUMN secret_until TIMESTAMP;
ALTER TABLE mails ADD COLUMN sealed BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE mails SET secret_until = created_at
 WHERE template IN ('account_invitation', 'account_registration', 'account_password_reset', 'expert-invitation');
UPDATE mails SET secret_until = created_at, sealed = TRUE
 WHERE template IN ('objection-received', 'objection-incomplete', 'objection-accepted', 'objection-declined',
                    'objection-upheld', 'objection-dismissed');
UPDATE mails SET body = '' WHERE secret_until IS NOT NULL AND sent_at IS NOT NULL;
UPDATE mails SET to_address = '', last_error = NULL WHERE sealed = TRUE AND sent_at IS NOT NULL;
