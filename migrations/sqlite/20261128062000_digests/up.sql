-- Whose digest of a working day was seen to, whether anything waited for them or not: once, whichever process comes first.
CREATE TABLE digests (
    account_id        TEXT NOT NULL REFERENCES accounts (id),
    day               DATE NOT NULL,
    noted_at          TIMESTAMP NOT NULL,
    PRIMARY KEY (account_id, day)
);
CREATE INDEX digests_day ON digests (day);
-- The digest is a group of its own. SQLite changes no CHECK: the table is made anew.
CREATE TABLE mail_mutes_changed (
    account_id        TEXT NOT NULL REFERENCES accounts (id),
    mail_group        TEXT NOT NULL CHECK (mail_group IN ('reminder', 'work', 'digest')),
    muted_at          TIMESTAMP NOT NULL,
    PRIMARY KEY (account_id, mail_group)
);
INSERT INTO mail_mutes_changed (account_id, mail_group, muted_at)
    SELECT account_id, mail_group, muted_at FROM mail_mutes;
DROP TABLE mail_mutes;
ALTER TABLE mail_mutes_changed RENAME TO mail_mutes;
