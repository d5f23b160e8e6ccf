package dev.sluice.cdc.capture.postgres;

/** Says which generated columns the changes of a publication hold (PostgreSQL 18, CREATE PUBLICATION). */
public enum GeneratedColumns {
    /** None, and the server has no setting for it: before version 18. */
    NEVER,
    /** None, because the publication is not set to. */
    NONE,
    /** Stored ones; virtual ones are never published. */
    STORED
}
