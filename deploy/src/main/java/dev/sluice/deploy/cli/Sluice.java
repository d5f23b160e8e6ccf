package dev.sluice.deploy.cli;

import dev.sluice.deploy.DeployException;
import dev.sluice.policy.PolicyException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command {@code sluice}. Answers go to standard output, everything else to standard error.
 *
 * <p>Exit codes: 0 done, 1 failed, 2 wrong call or configuration, 3 faults found, 5 refused by policy, 6 partly failed,
 * 130 stopped by the user.
 */
@Command(
        name = "sluice",
        description = "A governed change-data-capture and compliance gateway.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
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
            VersionCommand.class
        })
public final class Sluice {

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = run(out, err, args);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** Runs one command with these streams and returns its exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(new Sluice());
        line.setOut(out);
        line.setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(false);
        line.setExpandAtFiles(false); // @FILE is the value of an option here, not more words of the call
        line.setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command.getErr()));
        int code = line.execute(args);
        out.flush();
        return code;
    }

    /**
     * The boundary: every failure becomes one message and an exit code. Foreign messages may quote data, so they stay
     * out.
     */
    private static int explain(Exception failure, PrintWriter err) {
        Throwable known = Failures.known(failure);
        if (known == null) {
            LoggerFactory.getLogger(Sluice.class).atError().setCause(failure).log("unexpected failure of a command");
            err.println("DEP-499 unexpected " + Failures.describe(failure)
                    + ". This is a defect or a broken environment; run sluice doctor, and see "
                    + "<home>/logs/sluice.jsonl");
            return ExitCode.FAILED;
        }
        err.println(known.getMessage());
        if (known instanceof PolicyException) {
            return ExitCode.REFUSED;
        }
        return known instanceof DeployException deploy && deploy.code().matches("DEP-(2..|4[02].)")
                ? ExitCode.USAGE
                : ExitCode.FAILED;
    }
}
