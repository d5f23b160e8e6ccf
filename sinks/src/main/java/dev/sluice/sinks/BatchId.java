package dev.sluice.sinks;

import java.io.Serializable;

/**
 * Names a batch of one generation. A replayed batch has the same name and the same source range.
 *
 * @param generation name of the life cycle of a ledger's batches; numbers of one generation are never used twice
 * @param number number within the generation, from 0
 */
public record BatchId(String generation, long number) implements Serializable {

    public BatchId {
        if (!generation.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException(
                    "A generation has 1 to 64 letters, digits, '-' or '_', but this one is '" + generation + "'.");
        }
        if (number < 0) {
            throw new IllegalArgumentException("A batch number is 0 or more, but this one is " + number + ".");
        }
    }

    /** {@code generation/number}. */
    public String text() {
        return generation + "/" + number;
    }

    @Override
    public String toString() {
        return text();
    }
}
