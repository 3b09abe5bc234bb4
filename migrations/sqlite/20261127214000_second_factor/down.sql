ALTER TABLE sessions DROP COLUMN factor_at;
DROP TABLE recovery_codes;
DROP TABLE second_factors;
