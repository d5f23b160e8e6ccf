package dev.sluice.deploy.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds the code to its causes: an exception that a catch block makes receives the caught one. What drops a cause is
 * listed, with the reason, in {@code deploy/src/test/resources/cause-exceptions.txt}; a line there that is no longer
 * needed fails the test too.
 */
class CausesTest {

    private static final Set<String> DROPPED = new TreeSet<>();
    private static final Map<String, String> REASONS = new TreeMap<>();
    private static int catches;

    @BeforeAll
    static void read() throws IOException {
        SourceTrees.each(Sources.mainJava(), (path, unit) -> new Scanner(path).scan(unit, ""));
        Path file = Sources.root().resolve("deploy/src/test/resources/cause-exceptions.txt");
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split(" -- ", 2);
                assertThat(parts).as("every line has its reason: " + line).hasSize(2);
                REASONS.put(parts[0].strip(), parts[1].strip());
            }
        }
    }

    @Test
    void anExceptionOfACatchBlockReceivesTheCaughtOne() {
        Set<String> wrong = new TreeSet<>(DROPPED);
        wrong.removeIf(place -> REASONS.keySet().stream().anyMatch(place::startsWith));

        assertThat(catches).isGreaterThan(200);
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyReasonIsStillNeeded() {
        assertThat(REASONS.keySet()).isNotEmpty().allSatisfy(listed -> assertThat(DROPPED)
                .anyMatch(place -> place.startsWith(listed)));
    }

    /** Collects the methods that drop a cause, as {@code path#type.method}. */
    private static final class Scanner extends TreeScanner<Void, String> {
        private final String path;

        Scanner(String path) {
            this.path = path;
        }

        @Override
        public Void visitClass(ClassTree type, String place) {
            return super.visitClass(type, type.getSimpleName().toString());
        }

        @Override
        public Void visitMethod(MethodTree method, String place) {
            return super.visitMethod(method, place + "." + method.getName());
        }

        @Override
        public Void visitCatch(CatchTree caught, String place) {
            catches++;
            Throws all = new Throws(caught.getParameter().getName().toString());
            all.scan(caught.getBlock(), null);
            if (all.drops) {
                DROPPED.add(path + "#" + place);
            }
            return super.visitCatch(caught, place);
        }
    }

    /** Looks for a throw that makes an exception without the caught one, or without what was taken from it. */
    private static final class Throws extends TreeScanner<Void, Void> {
        private final Set<String> carriers = new HashSet<>();
        private boolean drops;

        Throws(String caught) {
            carriers.add(caught);
        }

        @Override
        public Void visitVariable(VariableTree variable, Void none) {
            if (variable.getInitializer() != null && passes(variable.getInitializer())) {
                carriers.add(variable.getName().toString());
            }
            return super.visitVariable(variable, null);
        }

        @Override
        public Void visitInstanceOf(InstanceOfTree test, Void none) {
            if (test.getPattern() instanceof BindingPatternTree pattern && passes(test.getExpression())) {
                carriers.add(pattern.getVariable().getName().toString());
            }
            return super.visitInstanceOf(test, null);
        }

        @Override
        public Void visitThrow(ThrowTree thrown, Void none) {
            drops |=
                    makes(thrown.getExpression()) && !passes(thrown.getExpression()) && !begins(thrown.getExpression());
            return super.visitThrow(thrown, null);
        }

        private static boolean makes(Tree expression) {
            return expression instanceof NewClassTree || expression instanceof MethodInvocationTree;
        }

        /** Whether the expression is a call on the caught exception, which answers with another form of it. */
        private boolean begins(Tree expression) {
            return expression instanceof MethodInvocationTree call
                    && call.getMethodSelect() instanceof MemberSelectTree method
                    && (isCarrier(method.getExpression()) || begins(method.getExpression()));
        }

        /** Whether the expression holds the caught exception or its cause; a text of the exception does not count. */
        private boolean passes(Tree tree) {
            boolean[] found = {false};
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitMemberSelect(MemberSelectTree member, Void none) {
                    if (isCarrier(member.getExpression())) {
                        found[0] |= member.getIdentifier().contentEquals("getCause");
                        return null;
                    }
                    return super.visitMemberSelect(member, null);
                }

                @Override
                public Void visitIdentifier(IdentifierTree name, Void none) {
                    found[0] |= isCarrier(name);
                    return null;
                }
            }.scan(tree, null);
            return found[0];
        }

        private boolean isCarrier(Tree tree) {
            return tree instanceof IdentifierTree name
                    && carriers.contains(name.getName().toString());
        }
    }
}
