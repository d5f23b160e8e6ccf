-- What was asked and how far it is. The reason is a reference (a ticket), never free text about the person.
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
) STRICT;

CREATE INDEX erasure_case_by_person ON erasure_case (pseudonym);
