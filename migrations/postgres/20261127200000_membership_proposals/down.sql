DROP TABLE membership_proposals;
