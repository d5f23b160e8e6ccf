package dev.sluice.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.event.DatasetId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LakeTest {

    private final Lake lake = new Lake("/lake/", "analytics", "");

    @Test
    void keepsPlainNamesReadable() {
        assertThat(lake.location(lake.tablePath(new DatasetId("shop", "public", "order_items"))))
                .isEqualTo("/lake/analytics/shop.public.order_items");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "a/b",
                "a\\b",
                "%2e%2e",
                "C:",
                "x.",
                " ",
                "_hidden",
                "na\u00efve",
                "\uD83D\uDE00",
                "a=b"
            })
    void neverLeavesTheFolderAndNeverLooksHidden(String name) {
        Path folder = Path.of(lake.location(lake.tablePath(new DatasetId(name, name, name))));

        assertThat(folder.normalize()).isEqualTo(folder);
        assertThat(folder.getParent()).isEqualTo(Path.of("/lake/analytics"));
        assertThat(folder.getFileName().toString())
                .matches("[A-Za-z0-9~_.-]+")
                .doesNotStartWith("_")
                .doesNotStartWith(".");
    }

    @Test
    void findsTheDatasetOfAFolderUnlessItsNameIsCut() {
        for (String name : List.of("..", "a/b", "_hidden", "na\u00efve", "\uD83D\uDE00", "b.c", "b~2ec", "plain-1")) {
            DatasetId dataset = new DatasetId("shop", name, "t");
            assertThat(Lake.dataset(Lake.name(dataset))).contains(dataset);
        }
        assertThat(Lake.dataset(Lake.name(new DatasetId("a", "b", "x".repeat(200)))))
                .isEmpty();
        assertThat(Lake.dataset("a.b")).isEmpty();
    }

    @Test
    void givesDifferentDatasetsDifferentFolders() {
        List<DatasetId> alike = List.of(
                new DatasetId("a", "b.c", "d"),
                new DatasetId("a.b", "c", "d"),
                new DatasetId("a", "b", "c.d"),
                new DatasetId("a", "b~2ec", "d"),
                new DatasetId("a", "b", "x".repeat(200)),
                new DatasetId("a", "b", "x".repeat(201)));

        assertThat(alike.stream().map(Lake::name).distinct()).hasSameSizeAs(alike);
        assertThat(alike.stream().map(Lake::name)).allMatch(name -> name.length() < 255);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u0000b", "a\nb", "\u007f", "\u2028"})
    void refusesNamesThatReadersWouldDisagreeOn(String name) {
        assertThatThrownBy(() -> lake.tablePath(new DatasetId("shop", "public", name)))
                .isInstanceOf(SinkException.class)
                .hasMessageContaining("SNK-005");
        assertThatThrownBy(() -> new Lake("/lake", name, "")).hasMessageContaining("SNK-005");
    }
}
