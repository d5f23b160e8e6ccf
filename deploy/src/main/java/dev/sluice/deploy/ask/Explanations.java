package dev.sluice.deploy.ask;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Explains every stable code of the product. The texts are in one file for each module, beside the command line. */
public final class Explanations {

    /** The modules in the order of the line; each has one file. */
    public static final List<String> MODULES = List.of("cdc", "policy", "masking", "sinks", "audit", "deploy");

    private static final String FOLDER = "/dev/sluice/deploy/cli/codes/";

    private final SortedMap<String, Explanation> byCode;

    private Explanations(Map<String, Explanation> byCode) {
        this.byCode = new TreeMap<>(byCode);
    }

    /** Reads the files. */
    public static Explanations read() {
        ObjectMapper yaml = new YAMLMapper();
        Map<String, Explanation> read = new TreeMap<>();
        for (String module : MODULES) {
            for (Explanation one : read(yaml, FOLDER + module + ".yaml")) {
                if (read.put(one.code(), one) != null) {
                    throw new IllegalStateException("the code " + one.code() + " is explained twice");
                }
            }
        }
        return new Explanations(read);
    }

    /** All explanations, by code. */
    public List<Explanation> all() {
        return List.copyOf(byCode.values());
    }

    /**
     * The explanation of a code; capital letters are not required.
     *
     * @throws dev.sluice.deploy.DeployException {@code DEP-457} when there is no such code
     */
    public Explanation of(String code) {
        Explanation found = byCode.get(code.toUpperCase(Locale.ROOT));
        if (found == null) {
            throw AskErrors.noCode(code, byCode.keySet());
        }
        return found;
    }

    private static List<Explanation> read(ObjectMapper yaml, String file) {
        try (@Nullable InputStream text = Explanations.class.getResourceAsStream(file)) {
            if (text == null) {
                throw new IllegalStateException("no file " + file);
            }
            return new ArrayList<>(List.of(yaml.readValue(text, Explanation[].class)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
