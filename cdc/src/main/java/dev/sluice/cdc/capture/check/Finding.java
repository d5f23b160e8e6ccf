package dev.sluice.cdc.capture.check;

/**
 * One thing that was looked at.
 *
 * @param level whether capture can work
 * @param code stable code, for example {@code WAL_LEVEL}
 * @param what what is so, with names, never a data value
 * @param fix the statement or setting that mends it; empty when nothing needs mending
 */
public record Finding(Level level, String code, String what, String fix) {

    /** Whether capture can work. */
    public enum Level {
        OK,
        /** It works, but slower, or not for long. */
        WARN,
        /** It does not work, or would lose changes. */
        FAIL
    }

    static Finding ok(String code, String what) {
        return new Finding(Level.OK, code, what, "");
    }

    static Finding warn(String code, String what, String fix) {
        return new Finding(Level.WARN, code, what, fix);
    }

    static Finding fail(String code, String what, String fix) {
        return new Finding(Level.FAIL, code, what, fix);
    }
}
