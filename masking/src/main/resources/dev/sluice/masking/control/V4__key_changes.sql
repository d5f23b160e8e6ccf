-- A row that is a person got a new key: the same person under an old and a new pseudonym, and where the source says so.
CREATE TABLE subject_link (
    old_pseudonym TEXT NOT NULL CHECK (length(old_pseudonym) = 32),
    new_pseudonym TEXT NOT NULL CHECK (length(new_pseudonym) = 32),
    position      TEXT NOT NULL,
    PRIMARY KEY (old_pseudonym, new_pseudonym)
) STRICT;

CREATE INDEX subject_link_by_new ON subject_link (new_pseudonym);

-- All pseudonyms that a case erases: the one it was asked for and those that key changes link to it.
CREATE TABLE erasure_case_person (
    case_id   TEXT NOT NULL REFERENCES erasure_case (case_id),
    pseudonym TEXT NOT NULL CHECK (length(pseudonym) = 32),
    PRIMARY KEY (case_id, pseudonym)
) STRICT;

CREATE INDEX erasure_case_person_by_person ON erasure_case_person (pseudonym);

-- Markers that no case covers are looked for again and again.
CREATE INDEX subject_key_erased ON subject_key (pseudonym) WHERE state = 'ERASED';
