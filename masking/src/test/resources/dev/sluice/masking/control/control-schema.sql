CREATE INDEX erasure_case_by_person ON erasure_case (pseudonym)

CREATE INDEX erasure_case_person_by_person ON erasure_case_person (pseudonym)

CREATE INDEX subject_key_erased ON subject_key (pseudonym) WHERE state = 'ERASED'

CREATE INDEX subject_link_by_new ON subject_link (new_pseudonym)

CREATE TABLE erasure_case (
    case_id          TEXT NOT NULL PRIMARY KEY,
    pseudonym        TEXT NOT NULL CHECK (length(pseudonym) = 32),
    kind             TEXT NOT NULL,
    state            TEXT NOT NULL
                     CHECK (state IN ('RECEIVED', 'BARRIER_SET', 'SHREDDED', 'DELETING', 'DONE', 'FAILED')),
    requested_at     TEXT NOT NULL,
    reason_reference TEXT NOT NULL,
    steps            TEXT NOT NULL,
    updated_at       TEXT NOT NULL
) STRICT

CREATE TABLE erasure_case_person (
    case_id   TEXT NOT NULL REFERENCES erasure_case (case_id),
    pseudonym TEXT NOT NULL CHECK (length(pseudonym) = 32),
    PRIMARY KEY (case_id, pseudonym)
) STRICT

CREATE TABLE gateway_state (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT

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
) STRICT

CREATE TABLE subject_link (
    old_pseudonym TEXT NOT NULL CHECK (length(old_pseudonym) = 32),
    new_pseudonym TEXT NOT NULL CHECK (length(new_pseudonym) = 32),
    position      TEXT NOT NULL,
    PRIMARY KEY (old_pseudonym, new_pseudonym)
) STRICT

CREATE TRIGGER subject_key_is_never_deleted BEFORE DELETE ON subject_key
BEGIN
    SELECT RAISE(ABORT, 'a subject key row is permanent');
END

CREATE TRIGGER subject_key_marker_is_never_replaced BEFORE INSERT ON subject_key
WHEN EXISTS (SELECT 1 FROM subject_key WHERE pseudonym = NEW.pseudonym AND state = 'ERASED')
BEGIN
    SELECT RAISE(IGNORE);
END

CREATE TRIGGER subject_key_marker_is_permanent BEFORE UPDATE ON subject_key WHEN OLD.state = 'ERASED'
BEGIN
    SELECT RAISE(ABORT, 'an erased marker is permanent');
END
