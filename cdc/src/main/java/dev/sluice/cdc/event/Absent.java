package dev.sluice.cdc.event;

/**
 * Marks a field whose value the source did not send, the third state beside null and a value (PostgreSQL: an unchanged
 * TOAST value under a replica identity that does not log it). Never a value of the data itself.
 */
public enum Absent {
    VALUE
}
