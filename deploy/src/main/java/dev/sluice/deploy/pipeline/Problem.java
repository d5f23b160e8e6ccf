package dev.sluice.deploy.pipeline;

/**
 * One fault of a file.
 *
 * @param file the file as the user named it
 * @param line line from 1, 0 when the fault is of the whole file
 * @param path YAML path, for example {@code source.tables[1]}
 * @param text what is wrong and what to do; never a secret
 */
public record Problem(String file, int line, String path, String text) {

    @Override
    public String toString() {
        String place = line > 0 ? file + ":" + line : file;
        return place + ": " + (path.isEmpty() ? "" : path + ": ") + text;
    }
}
