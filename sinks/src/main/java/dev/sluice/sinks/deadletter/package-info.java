/**
 * Writes dead letters to one Delta table of the lake.
 *
 * <p>In here: {@link dev.sluice.sinks.deadletter.DeadLetterTable} makes the dead letters of a batch those of its
 * last run; {@code EarlierRun} reads what an earlier run of the batch wrote and corrects it; {@code
 * RejectedAgain} writes letters anew whose records a replay has rejected again; {@link
 * dev.sluice.sinks.deadletter.OpenLetters} knows which keys have an open letter.
 *
 * <p>May come in: rules about stored dead letters. The sealing goes to {@code masking.seal}, showing them to
 * {@code sinks.query}.
 *
 * <p>May use: {@code sinks}, {@code sinks.commit}, {@code sinks.direct}, {@code sinks.history}, {@code sinks.intake};
 * then Spark, the Delta library.
 */
@NullMarked
package dev.sluice.sinks.deadletter;

import org.jspecify.annotations.NullMarked;
