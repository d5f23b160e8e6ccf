package dev.sluice.policy;

import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Level;
import dev.sluice.cdc.finding.Finding.Place;

/** Names every fault that a check of a policy folder can find, each with its stable code and its level. */
public enum PolicyCheckCode {
    /** The policy folder is not a folder. */
    NOT_A_FOLDER("POL-201", Level.FAIL),
    /** A file that every policy folder needs is missing. */
    FILE_MISSING("POL-202", Level.FAIL),
    /** The folder holds a file that no part of sluice reads. */
    UNKNOWN_FILE("POL-203", Level.FAIL),
    /** A file is too large, is not UTF-8, or is not YAML or JSON. */
    NOT_READABLE("POL-204", Level.FAIL),
    /** A file uses a form of YAML that readers of YAML take for different things. */
    AMBIGUOUS_YAML("POL-205", Level.FAIL),
    /** A map has the same key twice. */
    DUPLICATE_KEY("POL-206", Level.FAIL),
    /** A value has another form than its key needs. */
    WRONG_FORM("POL-207", Level.FAIL),
    /** A map has a key that means nothing there. */
    UNKNOWN_KEY("POL-208", Level.FAIL),
    /** A map lacks a key that it needs. */
    MISSING_KEY("POL-209", Level.FAIL),
    /** A rule has an id that the Rego library uses. */
    RESERVED_RULE("POL-210", Level.FAIL),
    /** A category, a purpose or a kind of person is not in the taxonomy. */
    UNKNOWN_WORD("POL-211", Level.FAIL),
    /** A treatment does not exist. */
    UNKNOWN_TREATMENT("POL-212", Level.FAIL),
    /** The parameters of a treatment are wrong. */
    TREATMENT_PARAMS("POL-213", Level.FAIL),
    /** A rule keeps a special category without an approval. */
    NOT_APPROVED("POL-214", Level.FAIL),
    /** A foreign key points to a table or a field that the catalog does not describe. */
    UNKNOWN_REFERENCE("POL-215", Level.FAIL),
    /** A table with fields about a person does not say about whom a row is. */
    SUBJECT_MISSING("POL-216", Level.FAIL),
    /** The key of a subject is empty, or names a field that the table does not have. */
    SUBJECT_KEY("POL-217", Level.FAIL),
    /** A golden file does not hold a question and a decision. */
    GOLDEN_FORM("POL-218", Level.FAIL),
    /** Two rules want the same treatment with different parameters. */
    CONFLICT("POL-221", Level.FAIL),
    /** No rule covers a category of a field for the purpose of a consumer. */
    NO_RULE("POL-222", Level.WARN),
    /** A field has no tags. */
    UNCLASSIFIED("POL-223", Level.WARN),
    /** The schema of a golden file has a field that the catalog does not describe. */
    NOT_DESCRIBED("POL-224", Level.WARN),
    /** A temporary rule has ended. */
    EXPIRED("POL-225", Level.WARN),
    /** A rule decides no field. */
    DECIDES_NOTHING("POL-226", Level.WARN),
    /** The gateway would refuse the decision for the schema of a golden file. */
    GOLDEN_REFUSED("POL-227", Level.FAIL),
    /** A dataset has no golden file for a consumer. */
    GOLDEN_MISSING("POL-228", Level.WARN);

    private final String code;
    private final Level level;

    PolicyCheckCode(String code, Level level) {
        this.code = code;
        this.level = level;
    }

    /** The stable code, for example {@code POL-211}. */
    public String code() {
        return code;
    }

    /** The finding of this code at that place. */
    public Finding at(Place place, String what, String fix) {
        return new Finding(level, code, place, what, fix);
    }

    /** The finding of this code about a whole file. */
    public Finding at(String file, String what, String fix) {
        return at(Place.of(file), what, fix);
    }
}
