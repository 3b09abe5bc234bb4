UPDATE expert_ties SET kind = 'other' WHERE kind = 'director';
ALTER TABLE expert_ties DROP CONSTRAINT expert_ties_kind_check;
ALTER TABLE expert_ties ADD CONSTRAINT expert_ties_kind_check
    CHECK (kind IN ('past_employer', 'kinship', 'dispute', 'other'));
