ALTER TABLE mails DROP COLUMN site_only;
DROP TABLE mail_mutes;
