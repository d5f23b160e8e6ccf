package dev.sluice.deploy.embedded.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs a program that refuses to run as root, when this process is root. An ordinary user's program runs unchanged.
 * Which ways there are and why in this order stands in {@code docs/decisions/0005-postgres-as-root.md}.
 *
 * @param prefix words before the program's own command
 * @param owner user id that must own the files of the program, empty when they stay as they are
 */
public record WithoutRoot(List<String> prefix, OptionalInt owner) {

    private static final int NOBODY = 65_534;
    private static final long PROBE_SECONDS = 20;
    private static final int CAP_KILL = 5;

    /**
     * In a user namespace without a mapping the process has no user id of its own, and root's files still belong to it.
     */
    private static final WithoutRoot NAMESPACE = new WithoutRoot(List.of("/usr/bin/unshare", "-U"), OptionalInt.of(0));

    /**
     * The way in which that program runs here; empty when there is none.
     *
     * @param probe a command of the program that ends at once, to find out whether a way works
     */
    public static Optional<WithoutRoot> find(List<String> probe) {
        if (!isRoot()) {
            return Optional.of(new WithoutRoot(List.of(), OptionalInt.empty()));
        }
        return Stream.of(NAMESPACE, nobody("dac_read_search"), nobody("dac_override"))
                .filter(way -> way.works(probe))
                .findFirst();
    }

    /** That command, run in this way. */
    public List<String> command(List<String> program) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(program);
        return command;
    }

    /** Makes a folder and everything in it belong to whom the program runs as. Does nothing when it does already. */
    public void own(Path folder) throws IOException {
        if (owner.isEmpty() || owner(folder) == owner.getAsInt()) {
            return;
        }
        // The folder itself comes last, so that an interrupted change is made again.
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.setAttribute(file, "unix:uid", owner.getAsInt(), LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /** Another user, who keeps one of root's rights: to pass through folders that only root may enter. */
    private static WithoutRoot nobody(String right) {
        return new WithoutRoot(
                List.of(
                        "/usr/bin/setpriv",
                        "--reuid=" + NOBODY,
                        "--regid=" + NOBODY,
                        "--clear-groups",
                        "--no-new-privs",
                        "--inh-caps=-all,+" + right,
                        "--ambient-caps=-all,+" + right,
                        "--"),
                OptionalInt.of(NOBODY));
    }

    private boolean works(List<String> probe) {
        if (!Files.isExecutable(Path.of(prefix.get(0))) || (owner.orElse(0) != 0 && !mayKill())) {
            return false;
        }
        try {
            Process process = new ProcessBuilder(command(probe))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException cannotRun) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Without this right the program of another user could be started, but never stopped. */
    private static boolean mayKill() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("CapEff:"))
                    .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                    .anyMatch(rights -> (rights >> CAP_KILL & 1) == 1);
        } catch (IOException unknown) {
            return false;
        }
    }

    private static boolean isRoot() {
        try {
            // A link, whose own owner is always root.
            return owner(Path.of("/proc/self").toRealPath()) == 0;
        } catch (IOException unknown) {
            return false;
        }
    }

    private static int owner(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }
}
