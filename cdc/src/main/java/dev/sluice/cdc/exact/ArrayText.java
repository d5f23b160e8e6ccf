package dev.sluice.cdc.exact;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits the text of an array of one dimension into the texts of its elements. */
public final class ArrayText {

    private final String text;
    private int at;

    private ArrayText(String text) {
        this.text = text;
    }

    /**
     * The texts of the elements, null for a null.
     *
     * @throws Unfit when the array has several dimensions or does not begin at 1, or the text is not one of an array
     */
    public static List<@Nullable String> elements(String text) throws Unfit {
        if (text.startsWith("[")) {
            throw new Unfit(Unfit.Reason.SHAPE, "array that does not begin at 1");
        }
        return new ArrayText(text).split();
    }

    private List<@Nullable String> split() throws Unfit {
        List<@Nullable String> elements = new ArrayList<>();
        expect('{');
        if (peek() == '}') {
            at++;
        } else {
            elements.add(element());
            while (peek() == ',') {
                at++;
                elements.add(element());
            }
            expect('}');
        }
        if (at != text.length()) {
            throw Unfit.malformed("text after the end of an array");
        }
        return elements;
    }

    private @Nullable String element() throws Unfit {
        return switch (peek()) {
            case '{' -> throw new Unfit(Unfit.Reason.SHAPE, "array of more than one dimension");
            case '"' -> quoted();
            default -> plain();
        };
    }

    private String quoted() throws Unfit {
        StringBuilder element = new StringBuilder();
        at++;
        while (peek() != '"') {
            if (peek() == '\\') {
                at++;
            }
            element.append(peek());
            at++;
        }
        at++;
        return element.toString();
    }

    private @Nullable String plain() throws Unfit {
        int start = at;
        while (peek() != ',' && peek() != '}') {
            at++;
        }
        String element = text.substring(start, at);
        return element.equals("NULL") ? null : element;
    }

    private void expect(char c) throws Unfit {
        if (peek() != c) {
            throw Unfit.malformed("text is not one of an array");
        }
        at++;
    }

    private char peek() throws Unfit {
        if (at >= text.length()) {
            throw Unfit.malformed("array without an end");
        }
        return text.charAt(at);
    }
}
