package imageferry.style;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * An absent value is stored as {@code @Nullable} and returned as {@code Optional}. Only a record's own file passes a bare null
 * to its constructor: others call a method that is named after what is absent.
 */
class AbsentValuesTest {
    private static final List<String> MODULES = List.of("functions", "local");

    @Test
    void no_component_and_no_field_is_an_optional() throws IOException {
        var found = new ArrayList<String>();
        for (var unit : JavaDialectTest.parsed(JavaDialectTest.sources(MODULES, "main"))) {
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitClass(ClassTree type, Void nothing) {
                    type.getMembers().stream()
                            .filter(VariableTree.class::isInstance)
                            .map(VariableTree.class::cast)
                            .filter(member -> String.valueOf(member.getType()).startsWith("Optional"))
                            .forEach(member -> found.add(file(unit) + " " + type.getSimpleName() + ": " + member));
                    return super.visitClass(type, null);
                }
            }.scan(unit, null);
        }

        assertThat(found).isEmpty();
    }

    @Test
    void no_record_is_created_with_a_bare_null_outside_of_its_own_file() throws IOException {
        var units = JavaDialectTest.parsed(JavaDialectTest.sources(MODULES, "main"));
        var everywhere = new HashSet<String>();
        units.forEach(unit -> everywhere.addAll(records(unit)));
        var found = new ArrayList<String>();
        for (var unit : units) {
            var others = new HashSet<>(everywhere);
            others.removeAll(records(unit));
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitNewClass(NewClassTree created, Void nothing) {
                    if (others.contains(simpleName(created.getIdentifier()))
                            && created.getArguments().stream()
                                    .anyMatch(argument -> argument.getKind() == Kind.NULL_LITERAL)) {
                        found.add(file(unit) + " " + created);
                    }
                    return super.visitNewClass(created, null);
                }
            }.scan(unit, null);
        }

        assertThat(everywhere).hasSizeGreaterThan(100);
        assertThat(found).isEmpty();
    }

    private static Set<String> records(CompilationUnitTree unit) {
        var names = new HashSet<String>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitClass(ClassTree type, Void nothing) {
                if (type.getKind() == Kind.RECORD) {
                    names.add(type.getSimpleName().toString());
                }
                return super.visitClass(type, null);
            }
        }.scan(unit, null);
        return names;
    }

    private static String simpleName(Tree type) {
        var name = type.toString().replaceFirst("<.*", "");
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String file(CompilationUnitTree unit) {
        return List.of(unit.getSourceFile().getName().split("/")).getLast();
    }
}
