package dev.sluice.policy.decision;

import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.Field;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Says what happens to the values of a field before they leave. The list of kinds is closed; policy chooses a kind and
 * sets its parameters, and the gateway checks the choice with {@link #problems(Field)}.
 *
 * <p>Parameters by kind (all as text):
 *
 * <ul>
 *   <li>{@code generalize}: exactly one of {@code truncate} = {@code month|quarter|year} (same type), {@code part} =
 *       {@code year} (to {@code int32}), {@code bucket} = a positive number (rounded down to a multiple, same type)
 *   <li>{@code partial}: {@code keep_first}, {@code keep_last} (characters that stay, 0 to 64, at least one of them
 *       positive), {@code char} (one character, default {@code *})
 *   <li>{@code hmac}: {@code domain}, the join group: equal values in one domain get equal pseudonyms; {@code
 *       normalize} = {@code none|trim|lower|email|phone} first brings text into a normal form, default {@code none},
 *       not for keys
 *   <li>{@code redact}: {@code phrase}, the constant for text, default {@code [redacted]}
 * </ul>
 *
 * @param kind the treatment
 * @param params its parameters, sorted by name
 */
public record Treatment(Kind kind, Map<String, String> params) implements Serializable {

    /** The treatment of a field without a decision: only the data-protection role can read the values. */
    public static final Treatment QUARANTINED = of(Kind.QUARANTINE);

    public Treatment {
        params = Collections.unmodifiableMap(new TreeMap<>(params));
    }

    /** A treatment without parameters. */
    public static Treatment of(Kind kind) {
        return new Treatment(kind, Map.of());
    }

    /** A keyed pseudonym in this join domain. */
    public static Treatment hmac(String domain) {
        return new Treatment(Kind.HMAC, Map.of("domain", domain));
    }

    /** The parameter's value, or the given one when the parameter is not set. */
    public String param(String name, String otherwise) {
        return params.getOrDefault(name, otherwise);
    }

    /**
     * Type of the treated values of a field of this type; empty when the field disappears.
     *
     * @throws IllegalArgumentException when the treatment does not fit the type
     */
    public Optional<DataType> output(DataType input) {
        List<String> problems = TreatmentParams.problems(this, input);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", problems));
        }
        return switch (kind) {
            case KEEP, NULL -> Optional.of(input);
            case DROP -> Optional.empty();
            case PARTIAL, HMAC, ENCRYPT, QUARANTINE -> Optional.of(DataType.of(DataType.TypeKind.TEXT));
            case GENERALIZE -> Optional.of(params.containsKey("part") ? DataType.of(DataType.TypeKind.INT32) : input);
            case REDACT -> Optional.of(hasConstant(input.kind()) ? input : DataType.of(DataType.TypeKind.TEXT));
        };
    }

    /** Everything that is wrong with this treatment on that field; empty when it fits. Messages hold no data value. */
    public List<String> problems(Field field) {
        List<String> problems = new ArrayList<>(TreatmentParams.problems(this, field.type()));
        if (kind == Kind.NULL && !field.nullable()) {
            problems.add("The treatment null needs a nullable field.");
        }
        return List.copyOf(problems);
    }

    /** Everything that is wrong with the parameters on any field; empty when they are right. */
    public List<String> problems() {
        return TreatmentParams.problems(this);
    }

    private static boolean hasConstant(DataType.TypeKind type) {
        return switch (type) {
            case ENUM, INTERVAL, TIME_WITH_ZONE -> false;
            case BOOLEAN, INT32, INT64, FLOAT32, FLOAT64, DECIMAL, BIG_DECIMAL, TEXT, BYTES -> true;
            case DATE, TIME, TIMESTAMP, INSTANT, UUID, JSON, ARRAY -> true;
        };
    }

    /** Lists the properties that a kind of treatment can have. */
    public enum Property {
        /** Equal clear values give equal treated values. */
        DETERMINISTIC,
        /** Treated values are equal only when the clear values are, so they can be joined and be a key. */
        JOINABLE,
        /** A holder of the key can recover the clear value. */
        REVERSIBLE,
        /** Erasing one person makes the treated value meaningless without rewriting the row. */
        ERASABLE
    }

    /** Lists the kinds of treatment, from the least strict to the strictest. */
    @SuppressWarnings("ImmutableEnumChecker") // the sets are wrapped as unmodifiable in the constructor
    public enum Kind {
        /** The value as it is. */
        KEEP(EnumSet.of(Property.DETERMINISTIC, Property.JOINABLE), EnumSet.allOf(DataType.TypeKind.class)),
        /** A coarser value of the same meaning: the year of a date, the bucket of a number. */
        GENERALIZE(EnumSet.of(Property.DETERMINISTIC, Property.ERASABLE), generalizable()),
        /** First and last characters around a fixed-length mask. */
        PARTIAL(
                EnumSet.of(Property.DETERMINISTIC, Property.ERASABLE),
                EnumSet.of(DataType.TypeKind.TEXT, DataType.TypeKind.UUID, DataType.TypeKind.ENUM)),
        /** A keyed pseudonym, equal for equal values of one domain. */
        HMAC(EnumSet.of(Property.DETERMINISTIC, Property.JOINABLE), hashable()),
        /** Ciphertext under the key of the person that the row is about. */
        ENCRYPT(EnumSet.of(Property.REVERSIBLE, Property.ERASABLE), EnumSet.allOf(DataType.TypeKind.class)),
        /** Ciphertext for the data-protection role only. */
        QUARANTINE(EnumSet.of(Property.REVERSIBLE, Property.ERASABLE), EnumSet.allOf(DataType.TypeKind.class)),
        /** A constant. */
        REDACT(EnumSet.of(Property.DETERMINISTIC, Property.ERASABLE), EnumSet.allOf(DataType.TypeKind.class)),
        /** No value; the column stays. */
        NULL(EnumSet.of(Property.DETERMINISTIC, Property.ERASABLE), EnumSet.allOf(DataType.TypeKind.class)),
        /** No column. */
        DROP(EnumSet.of(Property.DETERMINISTIC, Property.ERASABLE), EnumSet.allOf(DataType.TypeKind.class));

        private final Set<Property> properties;
        private final Set<DataType.TypeKind> accepted;

        Kind(Set<Property> properties, Set<DataType.TypeKind> accepted) {
            this.properties = Collections.unmodifiableSet(properties);
            this.accepted = Collections.unmodifiableSet(accepted);
        }

        /** The name in policy files: lower case. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind of that name in policy files; empty when unknown. */
        public static Optional<Kind> ofText(String text) {
            for (Kind kind : values()) {
                if (kind.text().equals(text)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }

        /** Whether values of this kind have the property. */
        public boolean has(Property property) {
            return properties.contains(property);
        }

        /** Whether the treatment can be put on fields of that type. */
        public boolean accepts(DataType.TypeKind type) {
            return accepted.contains(type);
        }

        /** Whether this kind hides at least as much as the other. */
        public boolean asStrictAs(Kind other) {
            return compareTo(other) >= 0;
        }

        /** Whether a row key stays a row key under this treatment. */
        public boolean fitsKey() {
            return has(Property.DETERMINISTIC) && has(Property.JOINABLE);
        }

        private static Set<DataType.TypeKind> generalizable() {
            return EnumSet.of(
                    DataType.TypeKind.DATE,
                    DataType.TypeKind.TIMESTAMP,
                    DataType.TypeKind.INSTANT,
                    DataType.TypeKind.INT32,
                    DataType.TypeKind.INT64,
                    DataType.TypeKind.DECIMAL,
                    DataType.TypeKind.BIG_DECIMAL,
                    DataType.TypeKind.FLOAT32,
                    DataType.TypeKind.FLOAT64);
        }

        /**
         * All types but those with several texts for equal values, or with so few values that a pseudonym hides
         * nothing.
         */
        private static Set<DataType.TypeKind> hashable() {
            return EnumSet.complementOf(EnumSet.of(
                    DataType.TypeKind.BOOLEAN,
                    DataType.TypeKind.FLOAT32,
                    DataType.TypeKind.FLOAT64,
                    DataType.TypeKind.TIME_WITH_ZONE,
                    DataType.TypeKind.INTERVAL,
                    DataType.TypeKind.JSON,
                    DataType.TypeKind.ARRAY));
        }
    }
}
