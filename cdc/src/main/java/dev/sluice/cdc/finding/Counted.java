package dev.sluice.cdc.finding;

/** Writes a number with its noun: 1 fault, 2 faults. */
public final class Counted {

    private Counted() {}

    /** Returns the number and the noun, with an s when the number is not 1. */
    public static String of(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
