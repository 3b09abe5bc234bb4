-- Which groups of mail an account reads in the service alone. What belongs to a procedure is in no group and always mailed.
CREATE TABLE mail_mutes (
    account_id        TEXT NOT NULL REFERENCES accounts (id),
    mail_group        TEXT NOT NULL CHECK (mail_group IN ('reminder', 'work')),
    muted_at          TIMESTAMP NOT NULL,
    PRIMARY KEY (account_id, mail_group)
);
-- It was never meant to leave: its reader reads it in the service.
ALTER TABLE mails ADD COLUMN site_only BOOLEAN NOT NULL DEFAULT FALSE;
