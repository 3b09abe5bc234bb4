DROP INDEX membership_proposals_one_sanction;
DROP INDEX membership_proposals_one_withdrawal;
CREATE UNIQUE INDEX membership_proposals_one_pending ON membership_proposals (membership_id) WHERE status = 'pending';
