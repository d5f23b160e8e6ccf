package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.deploy.cli.Sluice;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * One command, run in this JVM.
 *
 * @param code its exit code
 * @param out what it printed on standard output
 * @param err what it printed on standard error
 */
record Cli(int code, String out, String err) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Runs it. */
    static Cli run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> words = new ArrayList<>();
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        int code = Sluice.run(new PrintWriter(out, true), new PrintWriter(err, true), words.toArray(String[]::new));
        return new Cli(code, out.toString(), err.toString());
    }

    /** Runs it with {@code -o json}; it must succeed. */
    static JsonNode json(Object... arguments) {
        Object[] words = new Object[arguments.length + 2];
        System.arraycopy(arguments, 0, words, 0, arguments.length);
        words[arguments.length] = "-o";
        words[arguments.length + 1] = "json";
        Cli done = run(words);
        assertThat(done.code()).as(done.err()).isZero();
        return done.json();
    }

    /** Standard output as JSON. */
    JsonNode json() {
        try {
            return JSON.readTree(out);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + out, e);
        }
    }
}
