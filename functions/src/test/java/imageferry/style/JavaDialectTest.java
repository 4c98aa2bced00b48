package imageferry.style;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** All modules are written in one dialect of Java: {@code var}, imports, no blank line after an opening brace. */
class JavaDialectTest {
    private static final Path HOME = Path.of(System.getProperty("imageferry.home"));
    private static final List<String> MODULES = List.of("functions", "local", "bench");
    private static final Pattern PACKAGE =
            Pattern.compile("(java|javax|jakarta|com|org|io|software|tools|imageferry)(\\.[a-z]\\w*)+");

    /** Values without a type of their own. */
    private static final Set<Kind> UNTYPED = Set.of(Kind.LAMBDA_EXPRESSION, Kind.MEMBER_REFERENCE, Kind.NULL_LITERAL);

    /** Exceptions for developers. Those for users are classes of their own, and their messages may be several sentences. */
    private static final Pattern FOR_DEVELOPERS = Pattern.compile(
            "((IllegalState|IllegalArgument|UnsupportedOperation|Cancellation|UncheckedIO|IO)Exception|AssertionError)");

    @Test
    void local_variables_imports_and_developers_messages_follow_the_dialect() throws IOException {
        assertThat(findings(sources(MODULES, ""))).isEmpty();
    }

    @Test
    void no_blank_line_follows_an_opening_brace() throws IOException {
        var found = new ArrayList<String>();
        for (var file : sources(MODULES, "")) {
            var lines = Files.readAllLines(file);
            for (var line = 1; line < lines.size(); line++) {
                if (lines.get(line).isEmpty() && lines.get(line - 1).endsWith("{")) {
                    found.add(HOME.relativize(file) + ":" + line);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    /** Returns the files of one source set, such as {@code main}; of every source set if it is empty. */
    static List<Path> sources(List<String> modules, String set) throws IOException {
        var files = new ArrayList<Path>();
        for (var module : modules) {
            try (var all = Files.walk(HOME.resolve(module).resolve("src").resolve(set))) {
                all.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
            }
        }
        assertThat(files).hasSizeGreaterThan(set.isEmpty() ? 1_000 : 500);
        return files;
    }

    static List<CompilationUnitTree> parsed(List<Path> files) throws IOException {
        var units = new ArrayList<CompilationUnitTree>();
        parse(files, (unit, trees) -> units.add(unit));
        return units;
    }

    private static List<String> findings(List<Path> files) throws IOException {
        var found = new ArrayList<String>();
        parse(files, (unit, trees) -> new Finder(unit, trees, found).scan(unit, null));
        return found;
    }

    private static void parse(List<Path> files, BiConsumer<CompilationUnitTree, Trees> each) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            for (var unit : task.parse()) {
                each.accept(unit, Trees.instance(task));
            }
        }
    }

    /** Finds violations of the dialect in one file. */
    private static final class Finder extends TreePathScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final Trees trees;
        private final List<String> found;

        Finder(CompilationUnitTree unit, Trees trees, List<String> found) {
            this.unit = unit;
            this.trees = trees;
            this.found = found;
        }

        @Override
        public Void visitVariable(VariableTree variable, Void nothing) {
            if (variable.getType() != null && isLocal(variable) && takesVar(variable)) {
                add(variable, variable + ": declare it by var");
            }
            return super.visitVariable(variable, null);
        }

        @Override
        public Void visitImport(ImportTree tree, Void nothing) {
            return null;
        }

        @Override
        public Void visitPackage(PackageTree tree, Void nothing) {
            return null;
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree select, Void nothing) {
            var name = select.getIdentifier().toString();
            if (Character.isUpperCase(name.charAt(0))
                    && PACKAGE.matcher(select.getExpression().toString()).matches()
                    && !isTaken(name)) {
                add(select, select + ": import it");
            }
            return super.visitMemberSelect(select, null);
        }

        @Override
        public Void visitNewClass(NewClassTree created, Void nothing) {
            if (FOR_DEVELOPERS.matcher(created.getIdentifier().toString()).matches()
                    && created.getArguments().stream().anyMatch(Finder::endsWithFullStop)) {
                add(created, created + ": end it without a full stop");
            }
            return super.visitNewClass(created, null);
        }

        private static boolean endsWithFullStop(ExpressionTree text) {
            return switch (text) {
                case LiteralTree literal -> String.valueOf(literal.getValue()).endsWith(".");
                case BinaryTree sum -> endsWithFullStop(sum.getRightOperand());
                default -> false;
            };
        }

        private boolean isLocal(VariableTree variable) {
            var parent = getCurrentPath().getParentPath().getLeaf();
            return switch (parent) {
                case BlockTree _, CaseTree _, TryTree _ -> variable.getInitializer() != null;
                case EnhancedForLoopTree _ -> true;
                // Several variables in one declaration cannot have var.
                case ForLoopTree loop -> loop.getInitializer().size() == 1;
                default -> false;
            };
        }

        private static boolean takesVar(VariableTree variable) {
            return switch (variable.getInitializer()) {
                case null -> true;
                case NewArrayTree array -> array.getType() != null;
                case ExpressionTree value -> !UNTYPED.contains(value.getKind());
            };
        }

        /** Two classes of one name: only one of them can be imported. */
        private boolean isTaken(String name) {
            return unit.getImports().stream()
                            .anyMatch(one ->
                                    one.getQualifiedIdentifier().toString().endsWith("." + name))
                    || Files.exists(Path.of(unit.getSourceFile().toUri()).resolveSibling(name + ".java"));
        }

        private void add(Tree tree, String finding) {
            var position = trees.getSourcePositions().getStartPosition(unit, tree);
            found.add(HOME.relativize(Path.of(unit.getSourceFile().toUri())) + ":"
                    + unit.getLineMap().getLineNumber(position) + " " + finding);
        }
    }
}
