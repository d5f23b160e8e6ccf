-- One row per person, for ever. An erased person keeps the row without a key: the permanent marker.
CREATE TABLE subject_key (
    pseudonym   TEXT NOT NULL PRIMARY KEY CHECK (length(pseudonym) = 32),
    kind        TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('ACTIVE', 'ERASED')),
    kek         TEXT,
    wrapped_key BLOB,
    created_at  TEXT NOT NULL,
    erased_at   TEXT,
    barrier     TEXT,
    CHECK ((state = 'ACTIVE') = (wrapped_key IS NOT NULL)),
    CHECK ((state = 'ACTIVE') = (kek IS NOT NULL)),
    CHECK ((state = 'ERASED') = (erased_at IS NOT NULL)),
    CHECK ((state = 'ERASED') = (barrier IS NOT NULL))
) STRICT;

CREATE TRIGGER subject_key_is_never_deleted BEFORE DELETE ON subject_key
BEGIN
    SELECT RAISE(ABORT, 'a subject key row is permanent');
END;

CREATE TRIGGER subject_key_marker_is_permanent BEFORE UPDATE ON subject_key WHEN OLD.state = 'ERASED'
BEGIN
    SELECT RAISE(ABORT, 'an erased marker is permanent');
END;

-- INSERT OR REPLACE deletes without the trigger above. A new key that loses against a marker is left out, not an error.
CREATE TRIGGER subject_key_marker_is_never_replaced BEFORE INSERT ON subject_key
WHEN EXISTS (SELECT 1 FROM subject_key WHERE pseudonym = NEW.pseudonym AND state = 'ERASED')
BEGIN
    SELECT RAISE(IGNORE);
END;
