DROP INDEX applications_of_organisation_in_call;
CREATE UNIQUE INDEX applications_one_per_call ON applications (call_id, organisation_id) WHERE state <> 'withdrawn';
