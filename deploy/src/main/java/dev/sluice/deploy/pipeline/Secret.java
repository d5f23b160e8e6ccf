package dev.sluice.deploy.pipeline;

import java.util.function.Function;

/** A text that must not be shown. Its {@code toString} is four asterisks; only {@link #use} hands the text out. */
public final class Secret {

    private final String text;

    /** Wraps that text. */
    public Secret(String text) {
        this.text = text;
    }

    /** Hands the text to that function, for example the constructor of a client's settings. */
    public <T> T use(Function<String, T> consumer) {
        return consumer.apply(text);
    }

    @Override
    public String toString() {
        return "****";
    }
}
