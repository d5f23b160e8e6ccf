package dev.sluice.deploy.lifecycle;

import java.time.Instant;
import java.util.Locale;

/**
 * Describes a state of the gateway on a home. The states follow each other in this order:
 *
 * <pre>
 *   Opening -> Snapshotting -> Streaming -> Stopping -> Stopped
 *      |            |          |  ^  |          |
 *      |            |          v  |  |          |
 *      |            |         Paused |          |
 *      |            |            |   |          |
 *      +------------+------------+---+----------+--> Failed
 * </pre>
 *
 * A start leads from {@link Stopped} and {@link Failed} to {@link Opening} again. A killed process leaves the state
 * that it was in.
 */
public sealed interface LifeCycle {

    /** When the state began. */
    Instant since();

    /** Why the gateway is in this state, as a sentence. */
    String reason();

    /** The command or act that leads on. */
    String next();

    /** The name of the state in output: {@code OPENING}, {@code FAILED} and so on. */
    default String label() {
        return getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    /** Parts are being opened. */
    record Opening(Instant since, String step) implements LifeCycle {
        @Override
        public String reason() {
            return "The step " + step + " is running.";
        }

        @Override
        public String next() {
            return "sluice status";
        }
    }

    /** Capture reads the tables; nothing is governed before all of them are read. */
    record Snapshotting(Instant since) implements LifeCycle {
        @Override
        public String reason() {
            return "Capture reads the tables for the first time; batches begin when all of them are read.";
        }

        @Override
        public String next() {
            return "sluice status";
        }
    }

    /** Batches are governed as changes come. */
    record Streaming(Instant since) implements LifeCycle {
        @Override
        public String reason() {
            return "Changes are governed as they come.";
        }

        @Override
        public String next() {
            return "sluice table list";
        }
    }

    /**
     * The gateway waits for a part that is away, and tries again by itself.
     *
     * @param since when the part was missed first
     * @param code stable code of the outage, empty when it has none
     * @param reason the message of the outage, without a data value
     */
    record Paused(Instant since, String code, String reason) implements LifeCycle {
        @Override
        public String next() {
            return code.isEmpty() ? "sluice doctor" : "sluice explain " + code;
        }
    }

    /** The batch at hand is finished and every part is closed. */
    record Stopping(Instant since, String reason) implements LifeCycle {
        @Override
        public String next() {
            return "sluice status";
        }
    }

    /** The gateway ended as it was asked to. */
    record Stopped(Instant since, String reason) implements LifeCycle {
        @Override
        public String next() {
            return "sluice run";
        }
    }

    /**
     * A part failed and the gateway ended.
     *
     * @param since when it failed
     * @param step the step of the opening that failed, or the state in which a part failed
     * @param code stable code of the failure, empty when it has none
     * @param reason the message of the failure, without a data value
     */
    record Failed(Instant since, String step, String code, String reason) implements LifeCycle {
        @Override
        public String next() {
            return code.isEmpty() ? "sluice doctor" : "sluice explain " + code;
        }
    }
}
