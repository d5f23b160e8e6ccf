package dev.sluice.cdc.event;

/**
 * The third state of a field beside null and a value: the source did not send it (PostgreSQL: an unchanged TOAST value
 * under a replica identity that does not log it). Never a value of the data itself.
 */
public enum Absent {
    VALUE
}
