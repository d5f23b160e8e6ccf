package dev.sluice.deploy.embedded.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the children of a predecessor that was killed. A process is one of them when its working folder is one of ours
 * and its command line is that of a child; the pid in a file alone is never trusted, because pids are used again. Call
 * only while holding the lock of the home, else a living runtime would lose its children.
 */
public final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Duration GRACE = Duration.ofSeconds(12);
    private static final Duration KILLED = Duration.ofSeconds(5);

    private Leftovers() {}

    /**
     * Asks the processes that work in these folders to stop, waits, kills what is left.
     *
     * @param folders working folders of the children
     * @throws dev.sluice.deploy.DeployException when one of them survives even SIGKILL
     */
    public static void end(List<Path> folders) {
        List<ProcessHandle> found = in(folders);
        if (found.isEmpty()) {
            return;
        }
        LOG.atWarn()
                .addKeyValue("pids", found.stream().map(ProcessHandle::pid).toList())
                .log("Children of a predecessor that was killed are stopped.");
        found.stream().filter(Leftovers::isProgram).forEach(Leftovers::ask);
        if (!gone(found, GRACE)) {
            in(folders).forEach(ProcessHandle::destroyForcibly);
            gone(found, KILLED);
        }
        List<Long> left = in(folders).stream().map(ProcessHandle::pid).toList();
        if (!left.isEmpty()) {
            throw ProcessErrors.leftover(left, folders.get(0));
        }
    }

    /** The children that work in one of these folders now. */
    public static List<ProcessHandle> in(List<Path> folders) {
        List<String> names = folders.stream()
                .map(f -> f.toAbsolutePath().normalize().toString())
                .toList();
        return ProcessHandle.allProcesses()
                .filter(p -> p.pid() != ProcessHandle.current().pid())
                .filter(p -> names.contains(workingFolder(p)) || servesOneOf(names, p))
                .filter(p -> isProgram(p) || commandLine(p).contains(Leash.MARK) || isServerProcess(p))
                .toList();
    }

    /** What gets the stop signal: JVMs with our mark and the postmaster, whose own processes follow it. */
    private static boolean isProgram(ProcessHandle process) {
        String line = commandLine(process);
        return !line.contains(Leash.MARK) && (line.contains("\0-Dsluice.child=") || isPostmaster(process));
    }

    private static void ask(ProcessHandle program) {
        // SIGTERM would make PostgreSQL wait for its clients; SIGINT is its fast shutdown.
        String signal = isPostmaster(program) ? "INT" : "TERM";
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -s " + signal + " " + program.pid()).start();
        } catch (IOException e) {
            program.destroy();
        }
    }

    private static boolean isPostmaster(ProcessHandle process) {
        String line = commandLine(process);
        return line.startsWith("/") && line.contains("/bin/postgres\0-D\0");
    }

    private static boolean isServerProcess(ProcessHandle process) {
        return commandLine(process).startsWith("postgres: ");
    }

    /** Root in a container may not see the working folder of another user's process, but every command line. */
    private static boolean servesOneOf(List<String> folders, ProcessHandle process) {
        return isPostmaster(process)
                && folders.stream().anyMatch(f -> commandLine(process).contains("\0-D\0" + f + "\0"));
    }

    private static String workingFolder(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"))
                    .toString();
        } catch (IOException notOursOrGone) {
            return "";
        }
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return new String(
                    Files.readAllBytes(Path.of("/proc/" + process.pid() + "/cmdline")), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private static boolean gone(List<ProcessHandle> processes, Duration atMost) {
        CompletableFuture<?>[] ends =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException still) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
