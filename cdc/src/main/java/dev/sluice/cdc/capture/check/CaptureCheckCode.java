package dev.sluice.cdc.capture.check;

import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;

/** Names every check of a source, each with its stable code. */
public enum CaptureCheckCode {
    /** The server answers, and the role of the pipeline may connect to the database. */
    CONNECTION("CDC-201"),
    /** The server is PostgreSQL 14 or newer. */
    SERVER_VERSION("CDC-202"),
    /** The setting {@code wal_level} is {@code logical}. */
    WAL_LEVEL("CDC-203"),
    /** A replication slot is free. */
    REPLICATION_SLOTS("CDC-204"),
    /** A WAL sender is free. */
    WAL_SENDERS("CDC-205"),
    /** The role may use replication slots. */
    ROLE_REPLICATION("CDC-206"),
    /** The slot does not exist yet, or it is a free {@code pgoutput} slot of this database. */
    SLOT("CDC-207"),
    /** No other process uses the slot. */
    SLOT_IN_USE("CDC-208"),
    /** The server still has the log that the slot needs. */
    WAL_RETAINED("CDC-209"),
    /** The publication exists, or the role may create it. */
    PUBLICATION("CDC-210"),
    /** The publication covers every captured table. */
    PUBLICATION_TABLES("CDC-211"),
    /** The publication leaves out no row, no column and no operation. */
    PUBLICATION_NARROW("CDC-212"),
    /** The table exists. */
    TABLE_MISSING("CDC-213"),
    /** The table is an ordinary table. */
    TABLE_KIND("CDC-214"),
    /** The role may read the table. */
    TABLE_GRANT("CDC-215"),
    /** The table has a primary key. */
    TABLE_KEY("CDC-216"),
    /** The table writes full before images. */
    REPLICA_IDENTITY("CDC-217"),
    /** Avro allows the names of the table and of its columns. */
    TABLE_NAMES("CDC-218"),
    /** The role sees every row of the table. */
    TABLE_ROWS("CDC-219"),
    /** No other table inherits from the table. */
    TABLE_INHERITED("CDC-220"),
    /** Every column of the table is in the log. */
    TABLE_GENERATED("CDC-221"),
    /** The engine can read every type of the database. */
    TYPES("CDC-222"),
    /** Every pattern of {@code source.tables} matches a table. */
    TABLE_PATTERN("CDC-223");

    private final String code;

    CaptureCheckCode(String code) {
        this.code = code;
    }

    /** The stable code, for example {@code CDC-203}. */
    public String code() {
        return code;
    }

    /** Whether the finding is one of this check. */
    public boolean isOf(Finding finding) {
        return code.equals(finding.code());
    }

    Finding ok(Place place, String what) {
        return Finding.ok(code, place, what);
    }

    Finding note(Place place, String what) {
        return Finding.note(code, place, what);
    }

    Finding warn(Place place, String what, String fix) {
        return Finding.warn(code, place, what, fix);
    }

    Finding fail(Place place, String what, String fix) {
        return Finding.fail(code, place, what, fix);
    }
}
