package dev.sluice.deploy.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Reads and writes the file {@code owner} of a home: the pipeline and the source that its positions, keys and history
 * belong to. The first start writes the file; later starts of another pipeline or source are refused.
 *
 * @param pipeline name of the pipeline
 * @param source identity of the source, for example {@code postgres 7412.../16384} or {@code topics} and the id of the
 *     broker's cluster; empty when the source did not answer
 */
public record HomeOwner(String pipeline, String source) {

    /**
     * Writes nothing, and returns when a claim of the home may succeed.
     *
     * @throws dev.sluice.deploy.DeployException {@code DEP-123} when the home belongs to another pipeline or source
     */
    public void require(Home home) {
        recorded(home);
    }

    /**
     * Claims the home.
     *
     * @throws dev.sluice.deploy.DeployException {@code DEP-123} when the home belongs to another pipeline or source
     */
    public void claim(Home home) {
        HomeOwner owner = recorded(home);
        HomeOwner merged = source.isEmpty() ? owner : this;
        Path file = file(home);
        try {
            if (!Files.exists(file) || !merged.equals(owner)) {
                merged.write(file);
            }
        } catch (IOException e) {
            throw HomeErrors.folder(file, e);
        }
    }

    /**
     * Claims the home for this source, also when the home belongs to another source of the same pipeline.
     *
     * @throws dev.sluice.deploy.DeployException {@code DEP-123} when the home belongs to another pipeline
     */
    public void replace(Home home) {
        new HomeOwner(pipeline, "").require(home);
        try {
            write(file(home));
        } catch (IOException e) {
            throw HomeErrors.folder(file(home), e);
        }
    }

    private HomeOwner recorded(Home home) {
        Path file = file(home);
        try {
            HomeOwner owner = Files.exists(file) ? read(file) : new HomeOwner(pipeline, "");
            if (!agreesWith(owner)) {
                throw HomeErrors.otherOwner(home.root(), owner.text(), text());
            }
            return owner;
        } catch (IOException e) {
            throw HomeErrors.folder(file, e);
        }
    }

    private static Path file(Home home) {
        return home.root().resolve("owner");
    }

    private boolean agreesWith(HomeOwner owner) {
        boolean sourceKnown = !owner.source.isEmpty() && !source.isEmpty();
        return owner.pipeline.equals(pipeline) && (!sourceKnown || owner.source.equals(source));
    }

    private void write(Path file) throws IOException {
        Path part = file.resolveSibling("owner.new");
        Files.writeString(part, pipeline + "\n" + source + "\n");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static HomeOwner read(Path file) throws IOException {
        String[] lines = Files.readString(file).split("\n", -1);
        return new HomeOwner(lines[0], lines.length > 1 ? lines[1] : "");
    }

    private String text() {
        return "pipeline " + pipeline + (source.isEmpty() ? "" : " over the source " + source);
    }
}
