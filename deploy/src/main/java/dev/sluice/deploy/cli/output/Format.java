package dev.sluice.deploy.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names an output format of the command line, chosen by {@code -o}. */
public enum Format {
    table,
    json,
    jsonl,
    csv,
    yaml;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper PRETTY = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

    /** The listing in this format, with a final line end unless it is empty. */
    public String render(Listing listing) {
        return switch (this) {
            case table -> TextTable.render(listing, TextTable.columns());
            case json -> write(PRETTY, listing.objects()) + "\n";
            case jsonl -> listing.objects().stream()
                    .map(o -> write(JSON, o) + "\n")
                    .collect(Collectors.joining());
            case csv -> csv(listing);
            case yaml -> write(YAML, listing.objects());
        };
    }

    /** The sheet in this format, with a final line end. */
    public String render(Sheet sheet) {
        return switch (this) {
            case table -> TextTable.render(sheet, TextTable.columns());
            case json -> write(PRETTY, sheet.values()) + "\n";
            case jsonl -> write(JSON, sheet.values()) + "\n";
            case csv -> csv(new Listing(
                    List.copyOf(sheet.values().keySet()),
                    List.of(new ArrayList<>(sheet.values().values()))));
            case yaml -> write(YAML, sheet.values());
        };
    }

    private static String csv(Listing listing) {
        StringBuilder out = new StringBuilder(String.join(",", listing.columns())).append("\r\n");
        for (List<@Nullable Object> row : listing.rows()) {
            out.append(row.stream().map(Format::cell).collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        return out.toString();
    }

    /** One CSV cell (RFC 4180); text that a spreadsheet would run as a formula gets a leading apostrophe. */
    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value instanceof Map || value instanceof List ? write(JSON, value) : value.toString();
        boolean formula = value instanceof String && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        String safe = formula ? "'" + text : text;
        return safe.matches("[^\",\r\n]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }

    private static String write(ObjectMapper mapper, Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a value that a report can hold", e);
        }
    }
}
