-- Whose digest of a working day was seen to, whether anything waited for them or not: once, whichever process comes first.
CREATE TABLE digests (
    account_id        TEXT NOT NULL REFERENCES accounts (id),
    day               DATE NOT NULL,
    noted_at          TIMESTAMP NOT NULL,
    PRIMARY KEY (account_id, day)
);
CREATE INDEX digests_day ON digests (day);
-- The digest is a group of its own.
ALTER TABLE mail_mutes DROP CONSTRAINT mail_mutes_mail_group_check;
ALTER TABLE mail_mutes ADD CONSTRAINT mail_mutes_mail_group_check CHECK (mail_group IN ('reminder', 'work', 'digest'));
