-- How many applications an organisation may have in a call is the programme's to say (applicants.per_organisation); it is counted while the
-- organisation is held.
DROP INDEX applications_one_per_call;
CREATE INDEX applications_of_organisation_in_call ON applications (call_id, organisation_id) WHERE state <> 'withdrawn';
