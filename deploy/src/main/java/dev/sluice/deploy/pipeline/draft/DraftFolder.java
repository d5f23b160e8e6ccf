package dev.sluice.deploy.pipeline.draft;

import dev.sluice.cdc.access.SecretFile;
import dev.sluice.cdc.capture.postgres.Secret;
import dev.sluice.deploy.DeployException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a drafted pipeline into its folder. Nothing is overwritten: what exists is refused, or with {@code moveAside}
 * kept under another name. A reader sees each file and the policy folder whole or not at all.
 *
 * @param root the folder
 * @param moveAside whether existing files are renamed instead of refused
 * @param given the file that holds the password, null when the password is written to a file of its own
 */
public record DraftFolder(Path root, boolean moveAside, @Nullable Path given) {

    private static final String PIPELINE = "pipeline.yaml";
    private static final String POLICY = "policy";
    private static final String PASSWORD = "source.password";

    /** The pipeline file. */
    public Path pipeline() {
        return root.resolve(PIPELINE);
    }

    /** The policy folder. */
    public Path policy() {
        return root.resolve(POLICY);
    }

    /** The file that holds the password. */
    public Path passwordFile() {
        return given == null ? root.resolve(PASSWORD) : given;
    }

    /** The password file as the pipeline file names it: relative where it is inside the folder. */
    String passwordReference() {
        Path file = passwordFile().toAbsolutePath().normalize();
        Path from = root.toAbsolutePath().normalize();
        String reference = (file.startsWith(from) ? from.relativize(file) : file).toString();
        if (reference.matches(".*[}\\p{Cntrl}].*")) {
            throw DraftErrors.badPassword(
                    "the path of its file holds a character that a pipeline file cannot hold", null);
        }
        return reference;
    }

    /**
     * The password in the file that was given.
     *
     * @throws DeployException {@code DEP-605} when the file is missing, empty, or others can read the file
     */
    public static Secret read(Path file) {
        try {
            return Secret.of(SecretFile.firstLine(file));
        } catch (IllegalArgumentException e) {
            throw DraftErrors.badPassword(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Refuses a folder in which something would be overwritten.
     *
     * @throws DeployException {@code DEP-602} when a file exists and is not to be moved aside
     */
    public void refuseExisting() {
        if (!moveAside) {
            targets().stream().filter(Files::exists).findFirst().ifPresent(file -> {
                throw DraftErrors.exists(file);
            });
        }
    }

    private List<Path> targets() {
        return given == null ? List.of(pipeline(), policy(), passwordFile()) : List.of(pipeline(), policy());
    }

    /**
     * Writes everything; the pipeline file comes last.
     *
     * @param files texts of the policy folder by path
     * @return every path that was written or renamed, as a person should see it
     * @throws DeployException {@code DEP-606} when the folder cannot be written
     */
    List<String> write(String pipeline, Map<String, String> files, Secret password) {
        List<String> written = new ArrayList<>();
        try {
            Files.createDirectories(root);
            Path work = Files.createTempDirectory(root, ".sluice-init-");
            try {
                Path policy = Files.createDirectory(work.resolve(POLICY));
                for (Map.Entry<String, String> file : files.entrySet()) {
                    Path path = policy.resolve(file.getKey());
                    Files.createDirectories(path.getParent());
                    Files.writeString(path, file.getValue());
                }
                Path text = Files.writeString(work.resolve(PIPELINE), pipeline);
                if (given == null) {
                    place(privately(work.resolve(PASSWORD), password), passwordFile(), written);
                }
                place(policy, policy(), written);
                place(text, pipeline(), written);
            } finally {
                delete(work);
            }
        } catch (IOException | UncheckedIOException e) {
            throw DraftErrors.cannotWrite(root, e);
        }
        return List.copyOf(written);
    }

    private static Path privately(Path file, Secret password) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, password.reveal() + "\n");
    }

    private void place(Path from, Path to, List<String> written) throws IOException {
        if (moveAside && Files.exists(to)) {
            Path kept = free(to);
            Files.move(to, kept);
            written.add(kept + " (was " + to.getFileName() + ")");
        }
        Files.move(from, to);
        written.add(to.toString());
    }

    private static Path free(Path file) {
        int number = 1;
        while (Files.exists(file.resolveSibling(file.getFileName() + ".before-" + number))) {
            number++;
        }
        return file.resolveSibling(file.getFileName() + ".before-" + number);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
