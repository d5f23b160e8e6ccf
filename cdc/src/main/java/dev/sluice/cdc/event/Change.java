package dev.sluice.cdc.event;

import java.io.Serializable;
import java.util.Optional;

/** Says what happened to a row, with its images. Code that differs by kind of change branches on {@link #op()}. */
public sealed interface Change extends Serializable {

    /** The kind of change. */
    Op op();

    /** The image before the change, when the source sent one. */
    default Optional<Row> before() {
        return Optional.empty();
    }

    /** The image after the change; empty for a delete and a truncate. */
    default Optional<Row> after() {
        return Optional.empty();
    }

    /** Lists the kinds of change, each with the one-letter code of Debezium. */
    enum Op {
        READ("r"),
        INSERT("c"),
        UPDATE("u"),
        DELETE("d"),
        TRUNCATE("t");

        private final String code;

        Op(String code) {
            this.code = code;
        }

        /** The one-letter code. */
        public String code() {
            return code;
        }

        /** The kind of that code, empty when unknown. */
        public static Optional<Op> ofCode(String code) {
            for (Op op : values()) {
                if (op.code.equals(code)) {
                    return Optional.of(op);
                }
            }
            return Optional.empty();
        }
    }

    /** Holds a row that a snapshot read. */
    record Read(Row row) implements Change {
        @Override
        public Op op() {
            return Op.READ;
        }

        @Override
        public Optional<Row> after() {
            return Optional.of(row);
        }
    }

    /** Holds a new row. */
    record Insert(Row row) implements Change {
        @Override
        public Op op() {
            return Op.INSERT;
        }

        @Override
        public Optional<Row> after() {
            return Optional.of(row);
        }
    }

    /**
     * Holds a changed row.
     *
     * @param old image before, null when the source logs none
     * @param row image after
     */
    record Update(@Nullable Row old, Row row) implements Change {
        @Override
        public Op op() {
            return Op.UPDATE;
        }

        @Override
        public Optional<Row> before() {
            return Optional.ofNullable(old);
        }

        @Override
        public Optional<Row> after() {
            return Optional.of(row);
        }
    }

    /**
     * Holds a removed row.
     *
     * @param old image before, null when the source logs none
     */
    record Delete(@Nullable Row old) implements Change {
        @Override
        public Op op() {
            return Op.DELETE;
        }

        @Override
        public Optional<Row> before() {
            return Optional.ofNullable(old);
        }
    }

    /** Says that every row of the table was removed. */
    record Truncate() implements Change {
        @Override
        public Op op() {
            return Op.TRUNCATE;
        }
    }
}
