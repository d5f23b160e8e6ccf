package dev.sluice.sinks.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sinks.Changes;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.TypesZoo;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TypesZooTablesIT {

    private static final String ZOO = "analytics/shop.public.zoo";

    @TempDir
    Path folder;

    /** What was written reads back as what it was: otherwise an update without a change would open a version. */
    @ParameterizedTest
    @MethodSource("ways")
    void readsBackWhatItWrote(DeltaSinks.Options way) {
        LakeFixture lake = new LakeFixture(folder, way);
        Changes zoo = new Changes("zoo").with(TypesZoo.schema());
        lake.write(
                zoo.insert(1, 1, TypesZoo.row(0)).insert(1, 2, TypesZoo.row(1)).insert(1, 3, TypesZoo.row(2)));
        Receipt same = lake.write(
                zoo.update(2, 1, TypesZoo.row(0)).update(2, 2, TypesZoo.row(1)).update(2, 3, TypesZoo.row(2)));
        Receipt changed = lake.write(zoo.update(3, 1, TypesZoo.row(1)));

        assertThat(same.counts()).isEqualTo(Counts.ofChanges(3, 0, 0));
        assertThat(same.tables()).isEmpty();
        assertThat(changed.tables()).hasSize(1);
        assertThat(lake.rows(ZOO, "id")).containsExactly("1", "1", "2", "3");
    }

    /** A stored value and the same one delivered again are equal: otherwise every restart would meet a conflict. */
    @ParameterizedTest
    @MethodSource("ways")
    void takesTheSameChangeForADuplicate(DeltaSinks.Options way) {
        LakeFixture lake = new LakeFixture(folder, way);
        Changes zoo = new Changes("zoo").with(TypesZoo.schema());
        lake.write(zoo.insert(1, 1, TypesZoo.row(0)).update(2, 1, TypesZoo.row(0)));
        lake.restart();

        Receipt again = lake.write(
                zoo.insert(1, 1, TypesZoo.row(0)).update(2, 1, TypesZoo.row(0)).update(2, 1, TypesZoo.row(0)));

        assertThat(again.counts()).isEqualTo(Counts.ofChanges(0, 3, 0));
        assertThat(again.tables()).isEmpty();
    }

    /** A small table, a large one, a flood. */
    static List<DeltaSinks.Options> ways() {
        return List.of(
                new DeltaSinks.Options(1000, 2, 64L << 20),
                new DeltaSinks.Options(1000, 2, -1),
                new DeltaSinks.Options(0, 2, 64L << 20));
    }

    @Test
    void bothWritersStoreTheSameValues() {
        List<List<String>> tables = java.util.stream.LongStream.of(64L << 20, -1)
                .mapToObj(directBytes -> {
                    LakeFixture lake = new LakeFixture(
                            folder.resolve("w" + directBytes), new DeltaSinks.Options(1000, 2, directBytes));
                    Changes zoo = new Changes("zoo").with(TypesZoo.schema());
                    lake.write(zoo.insert(1, 1, TypesZoo.row(0))
                            .insert(1, 2, TypesZoo.row(1))
                            .insert(1, 3, TypesZoo.row(2)));
                    // Bytes as text; JSON has no form for them that shows a difference in every other type as well.
                    return lake.rows(ZOO, "concat(to_json(struct(*)), coalesce(hex(c10), 'null'))");
                })
                .toList();

        assertThat(tables.get(0)).isEqualTo(tables.get(1)).hasSize(3);
    }
}
