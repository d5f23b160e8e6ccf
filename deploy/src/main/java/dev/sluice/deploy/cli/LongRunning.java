package dev.sluice.deploy.cli;

/** A command that works on a home for long and therefore writes a log. All other commands write none. */
interface LongRunning {

    /** Chooses where the log goes. Called before the command runs and before the first line is logged. */
    void chooseLog();
}
