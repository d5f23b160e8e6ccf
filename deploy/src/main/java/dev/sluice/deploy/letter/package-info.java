/**
 * The life of dead letters: which are open, replayed or discarded, and the acts of operators on them. The ledger is the
 * authority on acts; the lake holds the letters.
 *
 * <p>In here: {@link dev.sluice.deploy.letter.Letters} finds letters, each a {@link dev.sluice.deploy.letter.Letter}
 * with its {@link dev.sluice.deploy.letter.LetterState}; {@link dev.sluice.deploy.letter.LetterActs} reads from the
 * ledger what became of letters; {@link dev.sluice.deploy.letter.LetterCount} counts them; {@link
 * dev.sluice.deploy.letter.LetterRequests} keeps what operators ask for, each a {@link
 * dev.sluice.deploy.letter.LetterRequest}; {@link dev.sluice.deploy.letter.LetterDesk} works requests between two
 * batches that {@code LetterPortions} cuts, {@link dev.sluice.deploy.letter.OfflineLetters} and {@link
 * dev.sluice.deploy.letter.OfflineReplay} on a home without a gateway; {@link
 * dev.sluice.deploy.letter.SealedLetters} says which letters can be replayed.
 *
 * <p>May come in: every act on dead letters. Writing letters belongs to {@code sinks.deadletter}, sealing them to
 * {@code masking.seal}.
 *
 * <p>May use: {@code deploy}, {@code deploy.batch}, {@code deploy.embedded}, {@code deploy.home}, {@code
 * deploy.lifecycle}, {@code deploy.line}, {@code deploy.pipeline}, {@code deploy.planner}, {@code audit.event}, {@code
 * audit.ledger}, {@code cdc}, {@code cdc.event}, {@code masking.control}, {@code masking.key}, {@code masking.seal},
 * {@code policy.decision}, {@code sinks}, {@code sinks.deadletter}, {@code sinks.delta}, {@code sinks.query};
 * libraries: Spark, Hadoop for its configuration, Jackson.
 */
@NullMarked
package dev.sluice.deploy.letter;

import org.jspecify.annotations.NullMarked;
