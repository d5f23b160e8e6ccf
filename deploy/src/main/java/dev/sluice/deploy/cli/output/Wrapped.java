package dev.sluice.deploy.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Breaks texts into lines of a width. Every character that is no blank at the end of a line stays. One code point
 * counts as one column of the terminal: East Asian wide characters and combining marks are not measured.
 */
final class Wrapped {

    /** What stands between two columns. */
    static final String GAP = "  ";

    private static final String ARROW = "<- ";

    private Wrapped() {}

    /** The lines of that text, broken at blanks; a word that is longer than a line is broken where the line ends. */
    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (length(rest) > width) {
            int end = rest.offsetByCodePoints(0, width);
            int blank = rest.lastIndexOf(' ', end);
            boolean atBlank = blank > 0;
            lines.add(rest.substring(0, atBlank ? blank : end));
            rest = rest.substring(atBlank ? blank + 1 : end);
        }
        lines.add(rest);
        return lines;
    }

    /** The text with each of its lines broken; what goes on stands below the first word, or behind an arrow. */
    static String hanging(String text, int width) {
        StringBuilder out = new StringBuilder();
        for (String line : text.lines().toList()) {
            int indent = line.length() - line.stripLeading().length();
            if (line.startsWith(ARROW, indent)) {
                indent += ARROW.length();
            }
            String first = line.substring(0, indent);
            String gap = " ".repeat(indent);
            List<String> parts = lines(line.substring(indent), Math.max(1, width - indent));
            out.append(first).append(String.join("\n" + gap, parts)).append('\n');
        }
        return out.toString().stripTrailing();
    }

    /** Cells beside each other, each broken into lines of its width; the end of the last line is a line end. */
    static String beside(List<String> cells, int[] widths, boolean[] toTheRight) {
        List<List<String>> columns = new ArrayList<>();
        for (int c = 0; c < widths.length; c++) {
            columns.add(lines(cells.get(c), widths[c]));
        }
        int height = columns.stream().mapToInt(List::size).max().orElse(0);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < height; i++) {
            List<String> parts = new ArrayList<>();
            for (int c = 0; c < widths.length; c++) {
                List<String> column = columns.get(c);
                parts.add(pad(i < column.size() ? column.get(i) : "", widths[c], toTheRight[c]));
            }
            out.append(String.join(GAP, parts).stripTrailing()).append('\n');
        }
        return out.toString();
    }

    /** Length of the longest word. */
    static int longestWord(String text) {
        return Stream.of(text.split(" ")).mapToInt(Wrapped::length).max().orElse(0);
    }

    /** The text filled with blanks to that width. */
    static String pad(String text, int width, boolean right) {
        String blanks = " ".repeat(Math.max(0, width - length(text)));
        return right ? blanks + text : text + blanks;
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
