DROP TABLE digests;
CREATE TABLE mail_mutes_changed (
    account_id        TEXT NOT NULL REFERENCES accounts (id),
    mail_group        TEXT NOT NULL CHECK (mail_group IN ('reminder', 'work')),
    muted_at          TIMESTAMP NOT NULL,
    PRIMARY KEY (account_id, mail_group)
);
INSERT INTO mail_mutes_changed (account_id, mail_group, muted_at)
    SELECT account_id, mail_group, muted_at FROM mail_mutes WHERE mail_group <> 'digest';
DROP TABLE mail_mutes;
ALTER TABLE mail_mutes_changed RENAME TO mail_mutes;
