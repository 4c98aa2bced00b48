package imageferry.local.rights;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The code that can run because some code runs: more than any one run reaches, and never less. A call of an interface's
 * method reaches every class that has it. A lambda belongs to the method that makes it. The platform can call an object
 * once it is made.
 */
final class ReachableCode {
    private final JavaClasses classes;
    private final Predicate<JavaClass> ends;
    private final Set<JavaCodeUnit> reached = new LinkedHashSet<>();
    private final Deque<JavaCodeUnit> open = new ArrayDeque<>();

    private ReachableCode(JavaClasses classes, Predicate<JavaClass> ends) {
        this.classes = classes;
        this.ends = ends;
    }

    /**
     * Everything that can run once any of this class can.
     *
     * @param ends the types that are called and not followed
     */
    static Set<JavaCodeUnit> of(JavaClass start, JavaClasses classes, Predicate<JavaClass> ends) {
        var reach = new ReachableCode(classes, ends);
        start.getCodeUnits().forEach(reach::add);
        while (!reach.open.isEmpty()) {
            reach.follow(reach.open.remove());
        }
        return reach.reached;
    }

    /** Every call or reference of a method or constructor. */
    static Stream<CodeUnitAccessTarget> targets(JavaCodeUnit code) {
        return Stream.of(
                        code.getMethodCallsFromSelf().stream().map(call -> call.getTarget()),
                        code.getConstructorCallsFromSelf().stream().map(call -> call.getTarget()),
                        code.getMethodReferencesFromSelf().stream().map(reference -> reference.getTarget()),
                        code.getConstructorReferencesFromSelf().stream().map(reference -> reference.getTarget()))
                .flatMap(target -> target);
    }

    private void add(JavaCodeUnit code) {
        if (reached.add(code)) {
            open.add(code);
        }
    }

    private void follow(JavaCodeUnit code) {
        code.getOwner().getStaticInitializer().ifPresent(this::add);
        code.getFieldAccesses()
                .forEach(access -> ours(access.getTargetOwner())
                        .flatMap(owner -> owner.getStaticInitializer().stream())
                        .forEach(this::add));
        if (code.isConstructor()) {
            calledByThePlatform(code.getOwner()).forEach(this::add);
        }
        targets(code).flatMap(this::implementations).forEach(this::add);
    }

    private Stream<? extends JavaCodeUnit> implementations(CodeUnitAccessTarget target) {
        if (ours(target.getOwner()).findAny().isEmpty()) {
            return Stream.empty();
        }
        var inherited = target.resolveMember().stream();
        var parameters =
                target.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
        var overriding = target.getOwner().getAllSubclasses().stream()
                .flatMap(type -> type.tryGetMethod(target.getName(), parameters).stream());
        return Stream.concat(inherited, overriding)
                .filter(code -> ours(code.getOwner()).findAny().isPresent());
    }

    private Stream<JavaClass> ours(JavaClass type) {
        return Stream.of(type).filter(one -> classes.contain(one.getName())).filter(ends.negate());
    }

    /** Methods that a type of the JDK or a library declares. */
    private Stream<JavaMethod> calledByThePlatform(JavaClass type) {
        var foreign = Stream.concat(type.getAllRawInterfaces().stream(), type.getAllRawSuperclasses().stream())
                .filter(parent -> !classes.contain(parent.getName()))
                .toList();
        return type.getMethods().stream()
                .filter(method -> !method.getModifiers().contains(JavaModifier.STATIC))
                .filter(method -> declared(method, foreign));
    }

    private static boolean declared(JavaMethod method, Collection<JavaClass> parents) {
        var parameters =
                method.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
        return parents.stream()
                .anyMatch(parent ->
                        parent.tryGetMethod(method.getName(), parameters).isPresent());
    }
}
