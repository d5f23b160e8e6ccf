package dev.sluice.deploy.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/**
 * Looks for clear personal values in everything a home holds. The sample shop marks each of them: text carries {@code
 * cnry} and a counter, phones start {@code +990}, card numbers {@code 9990}. Parquet files are decoded, since their pages
 * are compressed; every file is also read as bytes, in UTF-8, UTF-16, hex and base64.
 */
final class CanaryScan {

    /** Where clear data is allowed, because it is the source or its copy: the database and the raw topics. */
    static final Set<String> EXEMPT = Set.of("postgres", "kafka");

    private static final Pattern TEXT = Pattern.compile("cnry[0-9a-v]{8}|\\+990\\d{9}|(?<!\\d)9990\\d{12}(?!\\d)");
    private static final byte[] PARQUET_END = {'P', 'A', 'R', '1'};
    private static final String MARK = "cnry0000";

    private final List<Pattern> encoded = encodings();
    private final Set<String> findings = new LinkedHashSet<>();
    private long files;
    private long rows;

    private CanaryScan() {}

    /** Scans every file below the home except the exempt folders. */
    static CanaryScan of(Path home) throws IOException {
        CanaryScan scan = new CanaryScan();
        List<Path> all = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(home)) {
            tree.filter(Files::isRegularFile)
                    .filter(f -> !EXEMPT.contains(home.relativize(f).getName(0).toString()))
                    .forEach(all::add);
        }
        for (Path file : all) {
            scan.file(file);
        }
        return scan;
    }

    /** {@code file: what} for each file that holds a marker; never the value itself. */
    Set<String> findings() {
        return findings;
    }

    long files() {
        return files;
    }

    long parquetRows() {
        return rows;
    }

    private void file(Path file) throws IOException {
        files++;
        byte[] bytes = Files.readAllBytes(file);
        look(file, "bytes", new String(bytes, StandardCharsets.ISO_8859_1), TEXT);
        look(file, "UTF-16", new String(bytes, StandardCharsets.UTF_16LE), TEXT);
        look(file, "UTF-16", new String(bytes, StandardCharsets.UTF_16BE), TEXT);
        for (Pattern pattern : encoded) {
            look(file, "encoded", new String(bytes, StandardCharsets.ISO_8859_1), pattern);
        }
        // What a killed writer leaves has no footer: nobody can decode it, and no table names it.
        if (file.toString().endsWith(".parquet") && endsWith(bytes, PARQUET_END)) {
            parquet(file);
        }
    }

    private static boolean endsWith(byte[] bytes, byte[] end) {
        return bytes.length >= end.length
                && Arrays.equals(bytes, bytes.length - end.length, bytes.length, end, 0, end.length);
    }

    private void parquet(Path file) throws IOException {
        Configuration configuration = new Configuration();
        try (ParquetReader<Group> reader = ParquetReader.builder(
                        new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
                .withConf(configuration)
                .build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                rows++;
                look(file, "row", row.toString(), TEXT);
            }
        }
    }

    private void look(Path file, String how, String text, Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        if (matcher.find()) {
            findings.add(file + ": " + how + " at " + matcher.start() + ", " + kind(matcher.group()));
        }
    }

    /** Tells a mark that stands in clear from a pseudonym that is one by chance: base 32 has the digits 2 to 7 only. */
    private static String kind(String found) {
        String kind = found.startsWith("cnry") ? "text" : found.startsWith("+990") ? "phone" : "card or encoded";
        return kind + (found.matches("[a-z2-7]+") ? ", perhaps a pseudonym" : "");
    }

    private static List<Pattern> encodings() {
        List<Pattern> patterns = new ArrayList<>();
        byte[] mark = MARK.getBytes(StandardCharsets.US_ASCII);
        patterns.add(Pattern.compile(HexFormat.of().formatHex(mark), Pattern.CASE_INSENSITIVE));
        for (int shift = 0; shift < 3; shift++) {
            byte[] padded = new byte[shift + mark.length];
            System.arraycopy(mark, 0, padded, shift, mark.length);
            String base64 = Base64.getEncoder().withoutPadding().encodeToString(padded);
            // Characters that mix in a neighbouring byte are cut off at both ends.
            int first = shift == 0 ? 0 : shift + 1;
            int last = padded.length * 8 / 6;
            patterns.add(Pattern.compile(Pattern.quote(base64.substring(first, last))));
        }
        return patterns;
    }
}
