package dev.sluice.cdc.capture.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotRequestsTest {

    private static final TableName ORDERS = new TableName("public", "orders");
    private static final TableName ODD = new TableName("public", "a \u00fc/\"b");

    @TempDir
    private Path folder;

    @Test
    void keepsEachRequestUntilItIsTaken() {
        SnapshotRequests requests = SnapshotRequests.in(folder);
        assertThat(requests.open()).isEmpty();
        requests.add(ORDERS);
        requests.add(ODD);
        requests.add(ORDERS);
        assertThat(SnapshotRequests.in(folder).open()).containsExactly(ODD, ORDERS);

        requests.remove(ODD);
        requests.remove(ODD);
        assertThat(requests.open()).containsExactly(ORDERS);
        requests.clear();
        assertThat(requests.open()).isEmpty();
    }

    @Test
    void saysWhyARequestWaitsOrWasRefused() {
        SnapshotRequests requests = SnapshotRequests.in(folder);
        requests.add(ORDERS);
        requests.add(ODD);
        requests.waits(ORDERS, away());
        requests.refuse(ODD, SnapshotErrors.notNamed(ODD));

        assertThat(requests.open()).containsExactly(ORDERS);
        assertThat(requests.troubles())
                .extracting(SnapshotTrouble::name, SnapshotTrouble::code, SnapshotTrouble::refused)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(ORDERS, "CDC-010", false),
                        org.assertj.core.groups.Tuple.tuple(ODD, "CDC-121", true));
        requests.cured(ORDERS);
        requests.add(ODD);
        assertThat(requests.troubles()).isEmpty();
        assertThat(requests.open()).containsExactly(ODD, ORDERS);
    }

    @Test
    void setsADamagedRequestAsideAndServesTheOthers() throws IOException {
        SnapshotRequests requests = SnapshotRequests.in(folder);
        requests.add(ORDERS);
        requests.waits(ORDERS, away());
        Files.writeString(requests.folder().resolve("damaged.table"), "nonsense");
        Files.writeString(requests.folder().resolve("damaged.trouble"), "{\"version\":1}");

        assertThat(requests.open()).containsExactly(ORDERS);
        assertThat(requests.troubles()).hasSize(1);
        assertThat(names()).contains("damaged.table");
        requests.setAsideDamaged();
        assertThat(requests.open()).containsExactly(ORDERS);
        assertThat(names()).contains("damaged.table.damaged").doesNotContain("damaged.table");
    }

    private static CaptureException away() {
        return new CaptureException("CDC-010", "The server is away.", true, null);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("requests"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
