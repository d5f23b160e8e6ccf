package dev.sluice.cdc.decode;

import org.jspecify.annotations.Nullable;

/** Holds the parts of Debezium's envelope. Row values are in the column order of {@link EnvelopeReader#rows()}. */
final class DebeziumEnvelope {

    /** Values of the row before the change, null when the source sent none. */
    @Nullable
    Object @Nullable [] before;

    /** Values of the row after the change, null when there is none. */
    @Nullable
    Object @Nullable [] after;

    /** Values of the source block by the slots of {@link EnvelopeReader}. */
    @Nullable
    Object @Nullable [] source;

    /** Values of the transaction block by the slots of {@link EnvelopeReader}. */
    @Nullable
    Object @Nullable [] transaction;

    @Nullable
    Object op;
}
