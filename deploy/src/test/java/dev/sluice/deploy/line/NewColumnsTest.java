package dev.sluice.deploy.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.masking.control.ControlDatabase;
import dev.sluice.masking.control.GatewayState;
import dev.sluice.policy.decision.Plan;
import dev.sluice.policy.decision.PlannedField;
import dev.sluice.policy.decision.RuleRef;
import dev.sluice.policy.decision.Treatment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewColumnsTest {

    @TempDir
    private Path home;

    /** Columns of the plans of a dataset as they come, a hidden column in capital letters. */
    @Test
    void warnsOnceOfAColumnThatComesLaterAndIsHidden() {
        assertThat(plan("rooms", "id", "NOTE"))
                .as("the first plan has no new column")
                .isEmpty();
        assertThat(plan("rooms", "id", "NOTE", "colour")).isEmpty();
        assertThat(plan("rooms", "id", "NOTE", "colour", "NICKNAME", "AGE"))
                .singleElement()
                .asString()
                .startsWith("Warning: DEP-324 New in school.public.rooms and hidden")
                .contains(": NICKNAME, AGE. ")
                .contains("catalog/school/public/rooms/data.yaml", "sluice policy check");
        assertThat(plan("rooms", "id", "NOTE"))
                .as("an older plan forgets nothing")
                .isEmpty();
        assertThat(plan("rooms", "id", "NICKNAME", "AGE")).isEmpty();
        assertThat(plan("guests", "id", "AGE")).as("another dataset").isEmpty();
        assertThat(plan("guests", "id", "AGE", "NICKNAME")).hasSize(1);
    }

    /** Takes the plan as a process would that has just started, and gives what it says. */
    private List<String> plan(String table, String... columns) {
        List<String> said = new ArrayList<>();
        List<PlannedField> fields =
                Stream.of(columns).map(NewColumnsTest::field).toList();
        RowSchema schema = RowSchema.of(fields.stream().map(PlannedField::field).toList());
        try (ControlDatabase control = ControlDatabase.open(home.resolve("control.db"))) {
            new NewColumns(new GatewayState(control), said::add)
                    .accept(new Plan(
                            "sha256:" + "0".repeat(64),
                            new Plan.PlanScope(new DatasetId("school", "public", table), schema, "lake", "reports"),
                            fields,
                            null,
                            new Plan.Revisions("sha256:policy", "sha256:catalog", "wasm 1")));
        }
        return said;
    }

    private static PlannedField field(String name) {
        boolean hidden = Character.isUpperCase(name.charAt(0));
        Field field = new Field(name, DataType.of(DataType.TypeKind.TEXT), !name.equals("id"), name.equals("id"));
        return new PlannedField(
                field,
                hidden ? Treatment.QUARANTINED : Treatment.of(Treatment.Kind.KEEP),
                new RuleRef("rooms", "rules/rooms.yaml", 7),
                "");
    }
}
