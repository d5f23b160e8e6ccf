package dev.sluice.policy.decision;

import dev.sluice.cdc.event.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the parameters of treatments. */
final class TreatmentParams {

    private static final Pattern DOMAIN = Pattern.compile("[^\\p{Cntrl}]{1,200}");
    private static final Pattern COUNT = Pattern.compile("[0-9]|[1-5][0-9]|6[0-4]");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})?");
    private static final Pattern CHARACTER = Pattern.compile("[\\p{Graph}]");
    private static final Pattern PHRASE = Pattern.compile("[^\\p{Cntrl}]{1,100}");

    private static final Map<Treatment.Kind, Map<String, Pattern>> ALLOWED = Map.of(
            Treatment.Kind.GENERALIZE,
            Map.of(
                    "truncate", Pattern.compile("month|quarter|year"),
                    "part", Pattern.compile("year"),
                    "bucket", NUMBER),
            Treatment.Kind.PARTIAL,
            Map.of("keep_first", COUNT, "keep_last", COUNT, "char", CHARACTER),
            Treatment.Kind.HMAC,
            Map.of("domain", DOMAIN, "normalize", Pattern.compile("none|trim|lower|email|phone")),
            Treatment.Kind.REDACT,
            Map.of("phrase", PHRASE));

    private static final Set<DataType.TypeKind> CALENDAR =
            Set.of(DataType.TypeKind.DATE, DataType.TypeKind.TIMESTAMP, DataType.TypeKind.INSTANT);

    private TreatmentParams() {}

    /** Problems of the parameters with a field of that type. */
    static List<String> problems(Treatment treatment, DataType type) {
        List<String> problems = new ArrayList<>(problems(treatment));
        String name = treatment.kind().text();
        if (!treatment.kind().accepts(type.kind())) {
            problems.add("The treatment " + name + " does not accept the type " + type.describe() + ".");
        } else if (treatment.kind() == Treatment.Kind.GENERALIZE && problems.isEmpty()) {
            generalizeFits(treatment, type).ifPresent(problems::add);
        } else if (treatment.params().containsKey("normalize") && type.kind() != DataType.TypeKind.TEXT) {
            problems.add("The parameter normalize of " + name + " needs text, not " + type.describe() + ".");
        }
        return problems;
    }

    /** Problems of the parameters alone. */
    static List<String> problems(Treatment treatment) {
        List<String> problems = new ArrayList<>();
        Map<String, Pattern> allowed = ALLOWED.getOrDefault(treatment.kind(), Map.of());
        treatment.params().forEach((name, value) -> {
            Pattern pattern = allowed.get(name);
            if (pattern == null) {
                problems.add("The treatment " + treatment.kind().text() + " has no parameter " + name + ".");
            } else if (!pattern.matcher(value).matches()) {
                problems.add("The parameter " + name + " of " + treatment.kind().text() + " must match "
                        + pattern.pattern() + ".");
            }
        });
        required(treatment).ifPresent(problems::add);
        return problems;
    }

    private static Optional<String> required(Treatment treatment) {
        Map<String, String> params = treatment.params();
        return switch (treatment.kind()) {
            case HMAC -> params.containsKey("domain")
                    ? Optional.empty()
                    : Optional.of("The treatment hmac needs the parameter domain.");
            case GENERALIZE -> params.size() == 1
                    ? bucketIsPositive(params)
                    : Optional.of("The treatment generalize needs exactly one of truncate, part and bucket.");
            case PARTIAL -> keepsNothing(params)
                    ? Optional.of("The treatment partial needs keep_first or keep_last greater than 0.")
                    : Optional.empty();
            case KEEP, ENCRYPT, QUARANTINE, REDACT, NULL, DROP -> Optional.empty();
        };
    }

    private static boolean keepsNothing(Map<String, String> params) {
        return params.getOrDefault("keep_first", "0").equals("0")
                && params.getOrDefault("keep_last", "0").equals("0");
    }

    private static Optional<String> bucketIsPositive(Map<String, String> params) {
        String bucket = params.getOrDefault("bucket", "1");
        boolean zero = NUMBER.matcher(bucket).matches() && new BigDecimal(bucket).signum() == 0;
        return zero ? Optional.of("The parameter bucket of generalize must be greater than 0.") : Optional.empty();
    }

    private static Optional<String> generalizeFits(Treatment treatment, DataType type) {
        boolean calendar = CALENDAR.contains(type.kind());
        String bucket = treatment.params().get("bucket");
        if (calendar == (bucket != null)) {
            return Optional.of("The treatment generalize of " + type.describe() + " needs "
                    + (calendar ? "truncate or part." : "bucket."));
        }
        return bucket == null ? Optional.empty() : bucketFits(new BigDecimal(bucket).stripTrailingZeros(), type);
    }

    private static Optional<String> bucketFits(BigDecimal bucket, DataType type) {
        boolean fits =
                switch (type.kind()) {
                    case INT32 -> whole(bucket, BigInteger.valueOf(Integer.MAX_VALUE));
                    case INT64 -> whole(bucket, BigInteger.valueOf(Long.MAX_VALUE));
                    case DECIMAL -> bucket.scale() <= type.scale();
                    default -> true;
                };
        return fits
                ? Optional.empty()
                : Optional.of("The parameter bucket of generalize does not fit " + type.describe() + ".");
    }

    private static boolean whole(BigDecimal bucket, BigInteger most) {
        return bucket.scale() <= 0 && bucket.toBigIntegerExact().compareTo(most) <= 0;
    }
}
