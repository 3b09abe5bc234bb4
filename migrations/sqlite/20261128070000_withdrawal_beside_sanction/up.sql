-- An organisation that asks to leave must not learn, from being refused, that officers propose something about it: both may wait.
DROP INDEX membership_proposals_one_pending;
CREATE UNIQUE INDEX membership_proposals_one_sanction ON membership_proposals (membership_id)
    WHERE status = 'pending' AND kind <> 'withdrawal';
CREATE UNIQUE INDEX membership_proposals_one_withdrawal ON membership_proposals (membership_id)
    WHERE status = 'pending' AND kind = 'withdrawal';
