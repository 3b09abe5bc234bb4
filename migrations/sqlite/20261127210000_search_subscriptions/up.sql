-- Searches of the public register that somebody has mailed to them when something new matches. Nothing is sent before the address is
-- confirmed; what was not confirmed is taken away after a day.
CREATE TABLE search_subscriptions (
    id           TEXT NOT NULL PRIMARY KEY,
    search       TEXT NOT NULL CHECK (json_valid(search)),
    -- The hash of the search: two that ask for the same are one.
    search_key   TEXT NOT NULL,
    -- A keyed hash of the address: whoever has the database alone cannot tell whose it is.
    address_key  TEXT NOT NULL,
    -- The address, encrypted.
    address      TEXT NOT NULL,
    created_at   TIMESTAMP NOT NULL,
    -- The hash of the secret that confirms it; empty once it was used.
    confirm_key  TEXT UNIQUE,
    confirmed_at TIMESTAMP,
    -- The place in the chain of lists up to which everything was told.
    seen_list    INTEGER NOT NULL DEFAULT 0,
    told_at      TIMESTAMP
);
CREATE INDEX search_subscriptions_address ON search_subscriptions (address_key, created_at);
CREATE INDEX search_subscriptions_created ON search_subscriptions (created_at);

-- Where the reader of a mail ends such mails by one request (RFC 8058); empty for a mail that is part of a procedure.
ALTER TABLE mails ADD COLUMN unsubscribe TEXT;
