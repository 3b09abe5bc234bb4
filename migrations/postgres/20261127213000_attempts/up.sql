-- How often something was tried, in the slots of a sliding window, for all processes together. The key is a keyed hash of an account's
-- address or of a network: the table names nobody.
CREATE TABLE attempts (
    kind              TEXT NOT NULL,
    key               TEXT NOT NULL,
    slot              BIGINT NOT NULL,
    made              BIGINT NOT NULL CHECK (made >= 0),
    -- From then on the slot is outside its window, and the row is of no more use.
    ends_at           TIMESTAMP NOT NULL,
    PRIMARY KEY (kind, key, slot)
);
CREATE INDEX attempts_ends_at ON attempts (ends_at);
