package dev.sluice.masking.treat;

/**
 * Keeps the first and last characters of a text around a mask of fixed length, so that the length does not leak.
 * Characters are Unicode code points: none is cut in half. A value that is not longer than what would be kept becomes
 * the mask alone.
 */
final class PartialText implements EachValue.One {

    private static final int MASK = 5;

    private final int first;
    private final int last;
    private final String mask;

    PartialText(int first, int last, String character) {
        this.first = first;
        this.last = last;
        this.mask = character.repeat(MASK);
    }

    @Override
    public Object treat(Object value) {
        String text = (String) value;
        if (text.codePointCount(0, text.length()) <= first + last) {
            return mask;
        }
        int head = text.offsetByCodePoints(0, first);
        int tail = text.offsetByCodePoints(text.length(), -last);
        return text.substring(0, head) + mask + text.substring(tail);
    }
}
