package imageferry.local.rights;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import imageferry.local.lint.Tool;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The use cases that each function's handler calls, read from its bytecode. */
public final class UseCases {
    private UseCases() {}

    /** In the form {@code CopyImageFunction: RetryCopy.retry}, sorted. */
    public static Set<String> all() {
        var uses = new TreeSet<String>();
        for (var type : new ClassFileImporter().importPath(Tool.HOME.resolve("functions/target/classes"))) {
            if (type.getSimpleName().endsWith("Function")) {
                uses.addAll(of(type));
            }
        }
        return uses;
    }

    private static Set<String> of(JavaClass handler) {
        var held = handler.getFields().stream()
                .map(JavaField::getRawType)
                .filter(type -> type.getPackageName().startsWith("imageferry."))
                .filter(type -> !type.getPackageName().equals("imageferry.function.edge"))
                .collect(Collectors.toSet());
        return handler.getCodeUnits().stream()
                .flatMap(ReachableCode::targets)
                .filter(target -> held.contains(target.getOwner()))
                .map(target ->
                        handler.getSimpleName() + ": " + target.getOwner().getSimpleName() + "." + target.getName())
                .collect(Collectors.toSet());
    }
}
