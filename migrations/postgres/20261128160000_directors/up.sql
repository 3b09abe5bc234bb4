-- A tie of its own for whoever directs or controls an organisation (政府采购法实施条例 第九条).
ALTER TABLE expert_ties DROP CONSTRAINT expert_ties_kind_check;
ALTER TABLE expert_ties ADD CONSTRAINT expert_ties_kind_check
    CHECK (kind IN ('past_employer', 'director', 'kinship', 'dispute', 'other'));
