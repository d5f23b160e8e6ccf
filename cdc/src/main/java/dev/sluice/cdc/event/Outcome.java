package dev.sluice.cdc.event;

import java.io.Serializable;
import java.util.function.Function;

/**
 * Holds the result of a stage for one record: the value, or the reason why this record cannot go on. A bad record is a
 * value that passes through every stage to the dead letters; it is never an exception.
 */
public sealed interface Outcome<T extends Serializable> extends Serializable {

    /** Applies one of the two functions. */
    <R> R fold(Function<? super T, ? extends R> accepted, Function<? super Rejected<T>, ? extends R> rejected);

    /** Holds the value that the stage made. */
    record Accepted<T extends Serializable>(T value) implements Outcome<T> {
        @Override
        public <R> R fold(
                Function<? super T, ? extends R> accepted, Function<? super Rejected<T>, ? extends R> rejected) {
            return accepted.apply(value);
        }
    }

    /**
     * Holds a record that cannot go on.
     *
     * @param record the record as it came
     * @param stage the stage that rejected it
     * @param code stable code, for example {@code BAD_MAGIC}
     * @param detail what is wrong, with column and position but never a data value
     */
    record Rejected<T extends Serializable>(RawRecord record, Stage stage, String code, String detail)
            implements Outcome<T> {
        @Override
        public <R> R fold(
                Function<? super T, ? extends R> accepted, Function<? super Rejected<T>, ? extends R> rejected) {
            return rejected.apply(this);
        }

        /** The same rejection as the outcome of a later stage. */
        public <U extends Serializable> Rejected<U> as() {
            return new Rejected<>(record, stage, code, detail);
        }
    }

    /** Lists the stages that can reject a record. */
    enum Stage {
        DECODE,
        DECIDE,
        PROTECT,
        WRITE
    }
}
