package dev.sluice.deploy.cli;

import dev.sluice.deploy.lifecycle.Failures;
import dev.sluice.deploy.log.LogTarget;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/**
 * Runs the command {@code sluice}. Answers go to standard output, everything else to standard error.
 *
 * <p>Exit codes: 0 done, 1 failed, 2 wrong call or configuration, 3 faults found, 5 refused by policy, 6 partly failed,
 * 130 stopped by the user.
 */
@Command(
        name = "sluice",
        description = "A governed change-data-capture and compliance gateway.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        versionProvider = VersionCommand.Provider.class,
        footer = {"", "Examples:", "  sluice demo", "  sluice help table history", "  sluice help exit-codes"},
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            RunCommand.class,
            StopCommand.class,
            ResetCommand.class,
            ValidateCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            CaptureCommand.class,
            PolicyCommand.class,
            TableCommand.class,
            DlqCommand.class,
            LineageCommand.class,
            ErasureCommand.class,
            AuditCommand.class,
            HelpCommand.class,
            ExplainCommand.class,
            CompletionCommand.class,
            VersionCommand.class
        })
public final class Sluice {

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "After a failure: class and place of every exception, without values.")
    private boolean verbose;

    @Option(
            names = "--no-color",
            scope = ScopeType.INHERIT,
            description = "Print help without colors, as with the variable NO_COLOR.")
    @SuppressWarnings("UnusedMethod") // picocli calls this method when the option is given
    private void colors(boolean off) {
        if (off) {
            System.setProperty("picocli.ansi", "false");
        }
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> endAtError(error, err));
        int code;
        try {
            code = run(out, err, LogTarget::chooseNone, args);
        } catch (Error error) { // boundary of the process: after an error of the JVM nothing may live on
            endAtError(error, err);
            return;
        }
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** An exception ends its thread only; an error of the JVM ends the process at once, without closing anything. */
    private static void endAtError(Throwable error, PrintWriter err) {
        if (error instanceof Error) {
            err.println("DEP-498 The Java machine failed with " + Failures.describe(error)
                    + ". The process ends at once and nothing of the batch at hand was acknowledged. Give the process"
                    + " more memory, or repair the installation, and start again.");
            err.flush();
            Runtime.getRuntime().halt(ExitCode.FAILED);
        }
    }

    /** Runs one command with these streams and returns its exit code. The process may go on and log later. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(out, err, LogTarget.none::choose, args);
    }

    private static int run(PrintWriter out, PrintWriter err, Runnable noLog, String... args) {
        Sluice sluice = new Sluice();
        CommandLine line = new CommandLine(sluice);
        line.setOut(out);
        line.setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(false);
        line.setExpandAtFiles(false); // @FILE is the value of an option here, not more words of the call
        line.setExecutionStrategy(parsed -> {
            chooseLog(parsed, noLog);
            return new CommandLine.RunLast().execute(parsed);
        });
        line.setExecutionExceptionHandler((failure, command, parsed) -> sluice.explain(failure, command.getErr()));
        int code = line.execute(args);
        out.flush();
        return code;
    }

    private static void chooseLog(ParseResult parsed, Runnable noLog) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        boolean help = last.isUsageHelpRequested() || last.isVersionHelpRequested();
        if (!help && last.commandSpec().userObject() instanceof LongRunning longRunning) {
            longRunning.chooseLog();
        } else {
            noLog.run();
        }
    }

    /**
     * The boundary: every failure becomes one message and an exit code. Messages of other libraries may quote data, so
     * they stay out; class and place of every exception go to the log, and with {@code -v} to the terminal.
     */
    private int explain(Exception failure, PrintWriter err) {
        Optional<Throwable> known = Failures.known(failure);
        LoggerFactory.getLogger(Sluice.class)
                .atError()
                .setCause(failure)
                .addKeyValue("code", Failures.code(failure))
                .log("The command failed.");
        err.println(known.map(Throwable::getMessage)
                .orElseGet(() -> "DEP-499 The command failed with " + Failures.describe(failure)
                        + ". This is a defect or a broken environment. Run sluice doctor; run the command again with -v"
                        + " to see every place."));
        if (verbose) {
            Failures.places(failure).forEach(err::println);
        }
        return ExitCode.of(Failures.code(failure));
    }
}
