package dev.sluice.masking;

import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.Row;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.cdc.event.Source;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes guarded records for the tests of later stages, which cannot call the constructors. Lives in the test jar
 * only, so that no product code can build one outside the enforcement point.
 */
public final class GuardedFixtures {

    private GuardedFixtures() {}

    /** Starts a protected change of that kind. */
    public static ChangeBuilder change(Origin origin, Source source, Change.Op op, RowSchema outputs) {
        return new ChangeBuilder(origin, source, op, outputs);
    }

    /** A dead letter whose payload is not really sealed. */
    public static SealedRejection rejection(Origin origin, Outcome.Stage stage, String code, String detail) {
        return rejection(origin, stage, code, detail, null);
    }

    /** The same about the row with that treated key. */
    public static SealedRejection rejection(
            Origin origin, Outcome.Stage stage, String code, String detail, @Nullable String key) {
        byte[] sealed = ("sealed:" + origin.coordinates()).getBytes(StandardCharsets.UTF_8);
        return new SealedRejection(
                origin,
                new SealedRejection.RejectionReason(stage, code, detail),
                new SealedRejection.SealedPayload(sealed, "deadletter-1"),
                new SealedRejection.RejectedRow(null, key));
    }

    /** A withheld record. */
    public static Withheld withheld(Origin origin, Withheld.WithholdReason reason, String detail, String transaction) {
        return new Withheld(origin, reason, detail, transaction);
    }

    /** A protected change under construction. */
    public static final class ChangeBuilder {
        private final Origin origin;
        private final Source source;
        private final Change.Op op;
        private final RowSchema outputs;
        private String planId = "plan-1";
        private ProtectedChange.KeyTexts keys = new ProtectedChange.KeyTexts(null, null, null);
        private ProtectedChange.Images images = new ProtectedChange.Images(null, null);
        private @Nullable String subject;

        private ChangeBuilder(Origin origin, Source source, Change.Op op, RowSchema outputs) {
            this.origin = origin;
            this.source = source;
            this.op = op;
            this.outputs = outputs;
        }

        public ChangeBuilder planId(String id) {
            planId = id;
            return this;
        }

        /** Canonical key text, for example {@code ["42"]}. */
        public ChangeBuilder key(@Nullable String text) {
            keys = new ProtectedChange.KeyTexts(text, keys.movedFrom(), keys.movedTo());
            return this;
        }

        public ChangeBuilder movedFrom(@Nullable String text) {
            keys = new ProtectedChange.KeyTexts(keys.key(), text, keys.movedTo());
            return this;
        }

        public ChangeBuilder movedTo(@Nullable String text) {
            keys = new ProtectedChange.KeyTexts(keys.key(), keys.movedFrom(), text);
            return this;
        }

        public ChangeBuilder before(@Nullable Object... values) {
            images = new ProtectedChange.Images(new Row(outputs, values), images.after());
            return this;
        }

        public ChangeBuilder after(@Nullable Object... values) {
            images = new ProtectedChange.Images(images.before(), new Row(outputs, values));
            return this;
        }

        public ChangeBuilder subject(@Nullable String pseudonym) {
            subject = pseudonym;
            return this;
        }

        public ProtectedChange build() {
            return new ProtectedChange(
                    new ProtectedChange.Head(origin, source, op, planId), outputs, keys, images, subject);
        }
    }
}
