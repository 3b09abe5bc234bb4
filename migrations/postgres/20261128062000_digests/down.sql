DROP TABLE digests;
DELETE FROM mail_mutes WHERE mail_group = 'digest';
ALTER TABLE mail_mutes DROP CONSTRAINT mail_mutes_mail_group_check;
ALTER TABLE mail_mutes ADD CONSTRAINT mail_mutes_mail_group_check CHECK (mail_group IN ('reminder', 'work'));
