package dev.sluice.masking.treat;

import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Field;
import dev.sluice.masking.crypto.Hkdf;
import dev.sluice.masking.crypto.HmacSha256;
import dev.sluice.masking.crypto.TokenKey;
import dev.sluice.masking.error.ProtectionErrors;
import dev.sluice.masking.key.KeyFile;
import dev.sluice.masking.key.KeyName;
import dev.sluice.masking.key.PersonKey;
import dev.sluice.policy.decision.PlannedField;
import dev.sluice.policy.decision.Treatment;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.crypto.SecretKey;

/**
 * Turns planned fields into treatments. A treatment or parameter that this class does not know, or that does not fit
 * the field, is a {@link dev.sluice.masking.error.ProtectionException} {@code MSK-008}, which stops the batch. Safe for
 * use by many threads.
 */
public final class Treatments {

    private static final String DOMAIN_USE = "sluice/v1/";

    private final KeyFile keys;
    private final TokenKey noPerson;
    private final Map<String, SecretKey> domains = new ConcurrentHashMap<>();

    public Treatments(KeyFile keys) {
        this.keys = keys;
        this.noPerson = PersonKey.ofNoPerson(keys);
    }

    /**
     * The treatment of a field that is not dropped.
     *
     * @throws dev.sluice.masking.error.ProtectionException {@code MSK-008}
     */
    public FieldTreatment compile(DatasetId dataset, PlannedField planned) {
        check(dataset, planned);
        Field field = planned.field();
        DataType output = planned.output()
                .map(Field::type)
                .orElseThrow(() -> ProtectionErrors.badTreatment(
                        place(dataset, field), List.of("a dropped field has no values to treat")));
        return new Checked(inner(dataset, planned, output), field.type(), output);
    }

    private FieldTreatment inner(DatasetId dataset, PlannedField planned, DataType output) {
        Treatment treatment = planned.treatment();
        DataType type = planned.field().type();
        return switch (treatment.kind()) {
            case KEEP -> new EachValue(value -> value);
            case GENERALIZE -> new EachValue(generalize(treatment, type));
            case PARTIAL -> new EachValue(partial(treatment));
            case HMAC -> new EachValue(hmac(dataset, planned));
            case ENCRYPT -> sealing(dataset, planned, PersonKey::encrypt);
            case QUARANTINE -> sealing(dataset, planned, PersonKey::quarantine);
            case REDACT -> redaction(output, treatment);
            case NULL -> Treatments::nothing;
            case DROP -> throw new IllegalStateException("A dropped field has no treatment of values.");
        };
    }

    private FieldTreatment sealing(DatasetId dataset, PlannedField planned, Function<PersonKey, TokenKey> choice) {
        TokenKey.TokenPlace place =
                TokenKey.TokenPlace.of(dataset.topic(), planned.field().name());
        return new Sealing(planned.field().type(), place, choice, noPerson);
    }

    private EachValue.One hmac(DatasetId dataset, PlannedField planned) {
        Treatment treatment = planned.treatment();
        String name = treatment.param("normalize", "none");
        Normalization normalization = Normalization.ofName(name)
                .orElseThrow(() -> ProtectionErrors.badTreatment(
                        place(dataset, planned.field()), List.of("hmac has no normalisation of that name")));
        SecretKey key = domains.computeIfAbsent(
                treatment.param("domain", ""),
                domain -> Hkdf.derive(keys.key(KeyName.HMAC), DOMAIN_USE + domain, HmacSha256.ALGORITHM));
        return new HmacToken(key, planned.field().type(), normalization);
    }

    private static EachValue.One generalize(Treatment treatment, DataType type) {
        String bucket = treatment.param("bucket", "");
        if (!bucket.isEmpty()) {
            return new NumberFloor(type, new BigDecimal(bucket));
        }
        return new CalendarFloor(treatment.params().containsKey("part") ? "part" : treatment.param("truncate", ""));
    }

    private static EachValue.One partial(Treatment treatment) {
        int first = Integer.parseInt(treatment.param("keep_first", "0"));
        int last = Integer.parseInt(treatment.param("keep_last", "0"));
        return new PartialText(first, last, treatment.param("char", "*"));
    }

    private static FieldTreatment redaction(DataType output, Treatment treatment) {
        Object constant = Redaction.constant(output, treatment.param("phrase", "[redacted]"));
        return new EachValue(value -> constant);
    }

    private static void nothing(ValueVector in, ValueVector out, FieldTreatment.Persons persons) {
        for (int lane = 0; lane < in.size(); lane++) {
            out.set(lane, in.isEmpty(lane) ? in.value(lane) : null);
        }
    }

    private static void check(DatasetId dataset, PlannedField planned) {
        List<String> problems = planned.treatment().problems(planned.field());
        if (!problems.isEmpty()) {
            throw ProtectionErrors.badTreatment(place(dataset, planned.field()), problems);
        }
        if (planned.field().key() && !keepsKeysApart(planned.treatment())) {
            throw ProtectionErrors.badTreatment(
                    place(dataset, planned.field()),
                    List.of("a key field needs a treatment that keeps different keys different"));
        }
    }

    private static boolean keepsKeysApart(Treatment treatment) {
        return treatment.kind().fitsKey()
                && treatment.param("normalize", "none").equals("none");
    }

    private static String place(DatasetId dataset, Field field) {
        return dataset.topic() + "." + field.name();
    }
}
