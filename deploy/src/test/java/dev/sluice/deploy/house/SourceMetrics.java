package dev.sluice.deploy.house;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Measures source files with the compiler's own parser. Complexity is McCabe's: one plus the number of decisions. */
final class SourceMetrics {

    enum Kind {
        FILE_LINES,
        METHOD_LINES,
        COMPLEXITY,
        PARAMETERS,
        IMPORTS,
        FIELDS
    }

    /**
     * One measured number.
     *
     * @param kind what was measured
     * @param place {@code path} or {@code path#type.method}
     * @param value the number
     */
    record Measure(Kind kind, String place, long value) {}

    private SourceMetrics() {}

    static List<Measure> of(List<Path> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Measure> measures = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new Scanner(unit, positions, measures).scan(unit, "");
            }
        }
        return measures;
    }

    private static final class Scanner extends TreeScanner<Void, String> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<Measure> measures;
        private final String path;
        private final Set<String> records = new HashSet<>();

        Scanner(CompilationUnitTree unit, SourcePositions positions, List<Measure> measures) {
            this.unit = unit;
            this.positions = positions;
            this.measures = measures;
            this.path = Sources.root()
                    .relativize(Path.of(unit.getSourceFile().toUri()))
                    .toString();
            measures.add(new Measure(Kind.FILE_LINES, path, line(positions.getEndPosition(unit, unit))));
            measures.add(new Measure(Kind.IMPORTS, path, unit.getImports().size()));
        }

        @Override
        public Void visitClass(ClassTree type, String outer) {
            // The components of a record are held by the budget of fields; its constructor only repeats them.
            if (type.getKind() == Tree.Kind.RECORD) {
                records.add(outer.isEmpty() ? type.getSimpleName().toString() : outer + "." + type.getSimpleName());
            }
            String name = outer.isEmpty() ? type.getSimpleName().toString() : outer + "." + type.getSimpleName();
            if (!name.isEmpty() && type.getKind() != Tree.Kind.ENUM) {
                long fields = type.getMembers().stream()
                        .filter(m -> m instanceof VariableTree field
                                && !field.getModifiers().getFlags().contains(Modifier.STATIC))
                        .count();
                measures.add(new Measure(Kind.FIELDS, path + "#" + name, fields));
            }
            return super.visitClass(type, name);
        }

        @Override
        public Void visitMethod(MethodTree method, String type) {
            long start = positions.getStartPosition(unit, method);
            if (start >= 0 && method.getBody() != null) {
                String place = path + "#" + type + "." + method.getName();
                long bodyStart = positions.getStartPosition(unit, method.getBody());
                long lines = line(positions.getEndPosition(unit, method)) - line(bodyStart) + 1;
                measures.add(new Measure(Kind.METHOD_LINES, place, lines));
                measures.add(new Measure(Kind.COMPLEXITY, place, 1 + Decisions.in(method)));
            }
            if (start >= 0 && !(records.contains(type) && method.getName().contentEquals("<init>"))) {
                long parameters = method.getParameters().size();
                measures.add(new Measure(Kind.PARAMETERS, path + "#" + type + "." + method.getName(), parameters));
            }
            return super.visitMethod(method, type);
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(Math.max(0, position));
        }
    }

    private static final class Decisions extends TreeScanner<Void, Void> {
        private int count;

        static int in(MethodTree method) {
            Decisions decisions = new Decisions();
            decisions.scan(method.getBody(), null);
            return decisions.count;
        }

        @Override
        public Void visitClass(ClassTree nested, Void none) {
            return null;
        }

        @Override
        public Void visitIf(IfTree tree, Void none) {
            count++;
            return super.visitIf(tree, null);
        }

        @Override
        public Void visitForLoop(ForLoopTree tree, Void none) {
            count++;
            return super.visitForLoop(tree, null);
        }

        @Override
        public Void visitEnhancedForLoop(EnhancedForLoopTree tree, Void none) {
            count++;
            return super.visitEnhancedForLoop(tree, null);
        }

        @Override
        public Void visitWhileLoop(WhileLoopTree tree, Void none) {
            count++;
            return super.visitWhileLoop(tree, null);
        }

        @Override
        public Void visitDoWhileLoop(DoWhileLoopTree tree, Void none) {
            count++;
            return super.visitDoWhileLoop(tree, null);
        }

        @Override
        public Void visitCatch(CatchTree tree, Void none) {
            count++;
            return super.visitCatch(tree, null);
        }

        @Override
        public Void visitConditionalExpression(ConditionalExpressionTree tree, Void none) {
            count++;
            return super.visitConditionalExpression(tree, null);
        }

        @Override
        public Void visitBinary(BinaryTree tree, Void none) {
            if (tree.getKind() == Tree.Kind.CONDITIONAL_AND || tree.getKind() == Tree.Kind.CONDITIONAL_OR) {
                count++;
            }
            return super.visitBinary(tree, null);
        }

        @Override
        public Void visitCase(CaseTree tree, Void none) {
            // An arrow case of one expression is a table row, not a branch that a reader has to follow.
            if (tree.getCaseKind() == CaseTree.CaseKind.STATEMENT
                    && !tree.getExpressions().isEmpty()) {
                count++;
            }
            return super.visitCase(tree, null);
        }
    }
}
