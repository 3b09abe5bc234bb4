ALTER TABLE rankings DROP COLUMN extra_score;
ALTER TABLE rankings DROP COLUMN panel_score;
DROP TABLE extra_sheets;
DROP TABLE score_explanations;
