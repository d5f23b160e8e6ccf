package dev.sluice.policy.decision;

import java.io.Serializable;

/**
 * Names the reviewed rule that decided a treatment, with its file and line.
 *
 * @param id rule id
 * @param file file inside the policy folder, with {@code /}
 * @param line line of the rule in that file, from 1; 0 when the rule is built in
 */
public record RuleRef(String id, String file, int line) implements Serializable {

    /** {@code file:line}, or the file alone for a built-in rule. */
    public String place() {
        return line == 0 ? file : file + ":" + line;
    }
}
