-- A session whose password was right and that owes the second factor is only half a sign-in, and stays so whatever is set or held later: it
-- opens nothing but where the factor is given.
ALTER TABLE sessions ADD COLUMN is_half BOOLEAN NOT NULL DEFAULT FALSE;
-- Until now they were known by being short, without a code and without a recorded sign-in.
UPDATE sessions SET is_half = TRUE
WHERE factor_at IS NULL AND kind = 'browser' AND julianday(expires_at) - julianday(created_at) < 10.5 / 1440
    AND NOT EXISTS (SELECT 1 FROM events WHERE events.subject_kind = 'account' AND events.subject_id = sessions.account_id
        AND events.action = 'account.signed_in' AND events.at = sessions.created_at);
