package dev.sluice.deploy.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * One canonical text for a value of a column, made from what {@code row_to_json} of the source writes and from what the
 * reader of the lake prints. The two ways share no code with the product.
 *
 * @param source from the JSON of the source
 * @param lake from the text of {@link dev.sluice.deploy.truth.KernelReader}
 */
record WorkloadForm(Function<JsonNode, String> source, Function<String, String> lake) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final Pattern MOMENT =
            Pattern.compile("(\\d{4,})-(\\d\\d)-(\\d\\d)(?:T(\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?))?(?:\\+00:00)?( BC)?");
    private static final Pattern INTERVAL = Pattern.compile(
            "P(?:(-?\\d+)Y)?(?:(-?\\d+)M)?(?:(-?\\d+)D)?" + "(?:T(?:(-?\\d+)H)?(?:(-?\\d+)M)?(?:(-?[\\d.]+)S)?)?");
    private static final Pattern SHORT_OFFSET = Pattern.compile("[+-]\\d\\d$");

    static final WorkloadForm TEXT = new WorkloadForm(JsonNode::asText, text -> text);
    static final WorkloadForm EXACT =
            new WorkloadForm(node -> new BigDecimal(node.asText()).toPlainString(), text -> text);
    static final WorkloadForm DECIMAL =
            new WorkloadForm(node -> stripped(node.asText().replaceAll("[$,]", "")), WorkloadForm::stripped);
    static final WorkloadForm FLOAT4 = new WorkloadForm(node -> float4(node.asText()), WorkloadForm::float4);
    static final WorkloadForm FLOAT8 = new WorkloadForm(node -> float8(node.asText()), WorkloadForm::float8);
    static final WorkloadForm DATE = new WorkloadForm(
            node -> String.valueOf(micros(node.asText()) / 86_400_000_000L),
            text -> String.valueOf(LocalDate.parse(text).toEpochDay()));
    static final WorkloadForm TIME = new WorkloadForm(
            node -> String.valueOf(LocalTime.parse(node.asText()).getLong(ChronoField.MICRO_OF_DAY)), text -> text);
    static final WorkloadForm ZONED_TIME = new WorkloadForm(node -> zonedTime(node.asText()), WorkloadForm::zonedTime);
    static final WorkloadForm TIMESTAMP = new WorkloadForm(
            node -> String.valueOf(micros(node.asText())),
            text -> String.valueOf(micros(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC))));
    static final WorkloadForm INSTANT = new WorkloadForm(
            node -> String.valueOf(micros(node.asText())), text -> String.valueOf(micros(Instant.parse(text))));
    static final WorkloadForm INTERVALS = new WorkloadForm(node -> interval(node.asText()), WorkloadForm::interval);
    static final WorkloadForm DOCUMENT =
            new WorkloadForm(JsonNode::toString, text -> json(text).toString());

    /** An array, as the reader of the lake writes one. */
    static WorkloadForm arrayOf(WorkloadForm element) {
        return new WorkloadForm(
                array -> StreamSupport.stream(array.spliterator(), false)
                        .map(each -> each.isNull() ? "null" : element.source().apply(each))
                        .collect(Collectors.joining(
                                "\",\"", array.isEmpty() ? "[" : "[\"", array.isEmpty() ? "]" : "\"]")),
                text -> text);
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    /** Microseconds since 1970. */
    static long micros(Instant moment) {
        return Math.addExact(Math.multiplyExact(moment.getEpochSecond(), 1_000_000), moment.getNano() / 1000);
    }

    private static String stripped(String number) {
        return new BigDecimal(number).stripTrailingZeros().toPlainString();
    }

    private static String float4(String number) {
        return Float.toString(Float.parseFloat(number));
    }

    private static String float8(String number) {
        return Double.toString(Double.parseDouble(number));
    }

    private static long micros(String text) {
        Matcher parts = MOMENT.matcher(text);
        if (!parts.matches()) {
            throw new AssertionError("no moment: " + text);
        }
        int year = Integer.parseInt(parts.group(1));
        LocalDate day = LocalDate.of(
                parts.group(5) == null ? year : 1 - year,
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)));
        LocalTime time = parts.group(4) == null ? LocalTime.MIDNIGHT : LocalTime.parse(parts.group(4));
        return micros(day.atTime(time).toInstant(ZoneOffset.UTC));
    }

    private static String zonedTime(String text) {
        String full = SHORT_OFFSET.matcher(text).find() ? text + ":00" : text;
        return OffsetTime.parse(full).withOffsetSameInstant(ZoneOffset.UTC).toString();
    }

    private static String interval(String text) {
        Matcher parts = INTERVAL.matcher(text);
        if (!parts.matches()) {
            throw new AssertionError("no interval: " + text);
        }
        BigDecimal months =
                number(parts.group(1)).multiply(BigDecimal.valueOf(12)).add(number(parts.group(2)));
        BigDecimal seconds = number(parts.group(4))
                .multiply(BigDecimal.valueOf(60))
                .add(number(parts.group(5)))
                .multiply(BigDecimal.valueOf(60))
                .add(number(parts.group(6)));
        return months + " months " + number(parts.group(3)) + " days "
                + seconds.stripTrailingZeros().toPlainString() + " s";
    }

    private static BigDecimal number(String digits) {
        return digits == null ? BigDecimal.ZERO : new BigDecimal(digits);
    }
}
