package dev.sluice.deploy.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the history must be, worked out key by key in plain Java from the changes themselves; knows nothing of records,
 * tables or either pipeline. A version holds from its commit time to that of the next change; of several changes of a
 * key with one commit time only the last can be seen.
 */
final class Oracle {

    private final Map<Long, List<Seen>> seen = new HashMap<>();

    /** A change of one key: since when, and what its row's last change was; null for a delete. */
    private record Seen(int batch, long at, @Nullable Long updatedAt) {}

    /** Takes the next change of a batch, in the order of the source. */
    void take(int batch, Change change) {
        Long updated = change.after() == null ? null : change.after().updatedAt();
        seen.computeIfAbsent(change.id(), id -> new ArrayList<>(2))
                .add(new Seen(batch, change.place().committedMicros(), updated));
    }

    /** Writes the versions after that batch: {@code id,valid_from,valid_to,updated_at}, times in microseconds. */
    void write(Path csv, int lastBatch) throws IOException {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(csv))) {
            for (Map.Entry<Long, List<Seen>> key : seen.entrySet()) {
                List<Seen> moments = moments(key.getValue(), lastBatch);
                for (int i = 0; i < moments.size(); i++) {
                    Seen now = moments.get(i);
                    if (now.updatedAt() != null) {
                        String end = i + 1 == moments.size()
                                ? ""
                                : Long.toString(moments.get(i + 1).at());
                        out.println(key.getKey() + "," + now.at() + "," + end + "," + now.updatedAt());
                    }
                }
            }
        }
    }

    private static List<Seen> moments(List<Seen> changes, int lastBatch) {
        List<Seen> moments = new ArrayList<>();
        for (Seen change : changes) {
            int last = moments.size() - 1;
            if (change.batch() > lastBatch) {
                break;
            }
            if (last >= 0 && moments.get(last).at() == change.at()) {
                moments.remove(last);
            }
            moments.add(change);
        }
        return moments;
    }
}
