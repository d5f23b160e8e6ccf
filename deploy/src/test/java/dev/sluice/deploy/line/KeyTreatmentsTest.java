package dev.sluice.deploy.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.deploy.DeployException;
import dev.sluice.masking.control.ControlDatabase;
import dev.sluice.masking.control.GatewayState;
import dev.sluice.policy.decision.Plan;
import dev.sluice.policy.decision.PlannedField;
import dev.sluice.policy.decision.RuleRef;
import dev.sluice.policy.decision.Treatment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyTreatmentsTest {

    private static final Treatment KEEP = Treatment.of(Treatment.Kind.KEEP);

    @TempDir
    private Path home;

    private ControlDatabase control;

    @BeforeEach
    void open() {
        control = ControlDatabase.open(home.resolve("control.db"));
    }

    @AfterEach
    void close() {
        control.close();
    }

    @Test
    void holdsADatasetWhoseKeyIsTreatedInAnotherWayThanBefore() {
        require("rooms", Map.of("building", KEEP, "room", Treatment.hmac("room")), KEEP);
        require("rooms", Map.of("building", KEEP, "room", Treatment.hmac("room")), Treatment.QUARANTINED);
        close();
        open();

        for (Treatment other : List.of(KEEP, Treatment.hmac("other"), Treatment.QUARANTINED)) {
            assertThatThrownBy(() -> require("rooms", Map.of("building", KEEP, "room", other), KEEP))
                    .isInstanceOfSatisfying(DeployException.class, failure -> assertThat(failure.dataset())
                            .contains("school.public.rooms"))
                    .hasMessageContaining("DEP-323")
                    .hasMessageContaining("key column room of school.public.rooms")
                    .hasMessageContaining("rules/rooms.yaml:7")
                    .hasMessageContaining("HMAC domain=room");
        }
        assertThatCode(() -> require("rooms", Map.of("building", KEEP, "room", Treatment.hmac("room")), KEEP))
                .doesNotThrowAnyException();
    }

    /** The source gave the key other columns, and a snapshot closes the rows under the old keys. */
    @Test
    void takesAKeyOfOtherColumns() {
        require("rooms", Map.of("room", Treatment.hmac("room")), KEEP);
        require("rooms", Map.of("room", KEEP, "building", KEEP), KEEP);

        assertThatThrownBy(() -> require("rooms", Map.of("room", KEEP, "building", Treatment.hmac("b")), KEEP))
                .hasMessageContaining("DEP-323");
    }

    @Test
    void keepsTheDatasetsApart() {
        require("rooms", Map.of("room", KEEP), KEEP);
        require("rooms of guests", Map.of("room", Treatment.hmac("room")), KEEP);

        assertThat(new GatewayState(control).value("key-treatment school.public.rooms"))
                .contains("{\"room\":\"KEEP\"}");
        assertThat(new GatewayState(control).value("key-treatment school.public.rooms of guests"))
                .contains("{\"room\":\"HMAC domain=room\"}");
    }

    private void require(String table, Map<String, Treatment> key, Treatment other) {
        List<PlannedField> planned = new ArrayList<>();
        new TreeMap<>(key).forEach((name, treatment) -> planned.add(field(name, true, treatment)));
        planned.add(field("note", false, other));
        RowSchema schema =
                RowSchema.of(planned.stream().map(PlannedField::field).toList());
        new KeyTreatments(new GatewayState(control))
                .require(new Plan(
                        "sha256:" + "0".repeat(64),
                        new Plan.PlanScope(new DatasetId("school", "public", table), schema, "lake", "reports"),
                        planned,
                        null,
                        new Plan.Revisions("sha256:policy", "sha256:catalog", "wasm 1")));
    }

    private static PlannedField field(String name, boolean key, Treatment treatment) {
        Field field = new Field(name, DataType.of(DataType.TypeKind.TEXT), !key, key);
        return new PlannedField(field, treatment, new RuleRef("rooms", "rules/rooms.yaml", 7), "");
    }
}
