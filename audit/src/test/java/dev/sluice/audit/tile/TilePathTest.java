package dev.sluice.audit.tile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TilePathTest {

    @Test
    void writesTheIndexInGroupsOfThreeDigits() {
        assertThat(new TilePath(0, 0, 256).path()).isEqualTo("tile/0/000");
        assertThat(new TilePath(2, 1_234_067, 256).path()).isEqualTo("tile/2/x001/x234/067");
        assertThat(new TilePath(TilePath.ENTRIES, 1_000, 17).path()).isEqualTo("tile/entries/x001/000.p/17");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tile/0/000", "tile/63/x001/x234/067", "tile/entries/999.p/255", "tile/entries/x001/000.p/1"})
    void readsWhatItWrites(String path) {
        assertThat(TilePath.parse(path).map(TilePath::path)).contains(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/00/000",
                "tile/64/000",
                "tile/0/x000/001",
                "tile/0/1",
                "tile/0/001/002",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/01",
                "tile/entry/000",
                "tile/0/000.tmp",
                "checkpoint"
            })
    void refusesEveryOtherForm(String path) {
        assertThat(TilePath.parse(path)).isEmpty();
    }
}
