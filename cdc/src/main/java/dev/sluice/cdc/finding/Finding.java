package dev.sluice.cdc.finding;

import java.util.Collection;
import java.util.Comparator;

/**
 * Holds one result of a check. Findings sort by place, then by code and text.
 *
 * @param level how much the finding matters
 * @param code stable code, for example {@code CDC-203}
 * @param place what the finding is about
 * @param what what the check saw, as a sentence with names and positions, never with a data value
 * @param fix the statement, setting or command that mends it; empty when nothing needs mending
 */
public record Finding(Level level, String code, Place place, String what, String fix) implements Comparable<Finding> {

    private static final Comparator<Finding> ORDER =
            Comparator.comparing(Finding::place).thenComparing(Finding::code).thenComparing(Finding::what);

    /** How much a finding matters. */
    public enum Level {
        /** The check passed. */
        OK,
        /** The check passed; the reader should know something. */
        NOTE,
        /** The product works, but slower, not for long, or not as the author of the file probably meant. */
        WARN,
        /** The product does not work, would lose changes, or the evidence does not hold. */
        FAIL
    }

    /**
     * What a finding is about.
     *
     * @param name file, table, ledger leaf, address or machine part, as a user would name it
     * @param line line from 1 in that file; 0 when the place has no lines or the whole file is meant
     */
    public record Place(String name, int line) implements Comparable<Place> {

        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::name).thenComparingInt(Place::line);

        /** A place without lines. */
        public static Place of(String name) {
            return new Place(name, 0);
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }

        /** {@code name}, or {@code name:line} when there is a line. */
        @Override
        public String toString() {
            return line == 0 ? name : name + ":" + line;
        }
    }

    /** A check that passed. */
    public static Finding ok(String code, Place place, String what) {
        return new Finding(Level.OK, code, place, what, "");
    }

    /** Something that the reader should know. */
    public static Finding note(String code, Place place, String what) {
        return new Finding(Level.NOTE, code, place, what, "");
    }

    /** Something that should be mended. */
    public static Finding warn(String code, Place place, String what, String fix) {
        return new Finding(Level.WARN, code, place, what, fix);
    }

    /** Something that must be mended. */
    public static Finding fail(String code, Place place, String what, String fix) {
        return new Finding(Level.FAIL, code, place, what, fix);
    }

    /** Whether one of the findings must be mended. */
    public static boolean anyFails(Collection<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.level() == Level.FAIL);
    }

    /** Whether this finding must be mended. */
    public boolean fails() {
        return level == Level.FAIL;
    }

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }

    /** {@code place: code what fix}, for a list of faults. */
    @Override
    public String toString() {
        return place + ": " + code + " " + what + (fix.isEmpty() ? "" : " " + fix);
    }
}
