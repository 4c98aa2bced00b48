package imageferry.local.rights;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import imageferry.copying.Executions;
import imageferry.ledger.Index;
import imageferry.ledger.Ledger;
import imageferry.ledger.Query;
import imageferry.ledger.Selection;
import imageferry.ledger.Write;
import imageferry.local.lint.Tool;
import imageferry.local.template.Template;
import imageferry.publishing.Bus;
import imageferry.secret.Secrets;
import imageferry.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rights that the code of each function may need, read from its bytecode. */
final class RequiredRights {
    static final List<Class<?>> PORTS = List.of(Ledger.class, SnapshotStore.class, Executions.class, Bus.class);

    private static final Map<String, UnaryOperator<Selection>> NARROWING = Map.of(
            "ofRegion", selection -> selection.ofRegion("eu-west-1"),
            "ofStatus", selection -> selection.ofStatus("Available"),
            "ofFamily", selection -> selection.ofFamily("golden"));

    private static final String LEDGER = Ledger.class.getPackageName();

    private final JavaClasses code = new ClassFileImporter().importPath(Tool.HOME.resolve("functions/target/classes"));
    private final Template template;
    private final Resources resources;

    RequiredRights(Template template) {
        this.template = template;
        this.resources = new Resources(template);
    }

    /** The needs of every function of the template. */
    List<RequiredRight> all() {
        return template.functions().entrySet().stream()
                .flatMap(function -> of(function.getKey(), function.getValue().handlerClass()))
                .distinct()
                .toList();
    }

    /** Each place in the code of a function that calls the store, by its name in {@link StoreCalls}. */
    Set<String> storeCalls() {
        return template.functions().values().stream()
                .flatMap(function -> reached(function.handlerClass()).stream())
                .flatMap(one -> ReachableCode.targets(one)
                        .filter(target -> target.getOwner().isEquivalentTo(SnapshotStore.class))
                        .map(target -> storeCall(one, target)))
                .collect(Collectors.toSet());
    }

    private Collection<JavaCodeUnit> reached(String handlerClass) {
        return ReachableCode.of(code.get(handlerClass), code, RequiredRights::isPort);
    }

    private static boolean isPort(JavaClass type) {
        return PORTS.stream().anyMatch(type::isEquivalentTo);
    }

    private Stream<RequiredRight> of(String function, String handlerClass) {
        return reached(handlerClass).stream()
                .filter(one -> !one.getOwner().getPackageName().equals(LEDGER))
                .flatMap(one -> of(function, one));
    }

    private Stream<RequiredRight> of(String function, JavaCodeUnit one) {
        var needs = new ArrayList<RequiredRight>();
        ReachableCode.targets(one).forEach(target -> {
            if (isPort(target.getOwner())) {
                asked(function, one, target).forEach(needs::add);
            } else {
                written(function, one, target).forEach(needs::add);
            }
        });
        indexes(one).forEach(index -> {
            var why = place(one) + " queries " + index;
            needs.add(new RequiredRight(function, "dynamodb:Query", resources.index(index), Set.of(), why));
        });
        return needs.stream();
    }

    private Stream<RequiredRight> asked(String function, JavaCodeUnit one, CodeUnitAccessTarget target) {
        var port = target.getOwner().getSimpleName() + ".";
        var called = port + target.getName();
        var asks = PortRights.OF_CALLS.getOrDefault(
                called, PortRights.OF_CALLS.get(called + "(" + simpleName(target) + ")"));
        if (asks == null) {
            throw new AssertionError("PortRights does not say what " + target.getFullName() + " asks for");
        }
        var objects = StoreCalls.OBJECTS.getOrDefault(storeCall(one, target), Set.of());
        return asks.stream()
                .flatMap(ask -> resources
                        .of(ask, objects)
                        .map(resource -> new RequiredRight(
                                function, ask.action(), resource, Set.of(), place(one) + " calls " + called)));
    }

    private Stream<RequiredRight> written(String function, JavaCodeUnit one, CodeUnitAccessTarget target) {
        var keys = one.getOwner().isEquivalentTo(Secrets.class) ? Set.of("SECRET#lists") : Set.of("COPY#c-1");
        return PortRights.OF_WRITES.getOrDefault(kindOfWrite(target), Set.of()).stream()
                .flatMap(ask -> resources
                        .of(ask, Set.of())
                        .map(resource -> new RequiredRight(
                                function,
                                ask.action(),
                                resource,
                                keys,
                                place(one) + " makes a " + kindOfWrite(target))));
    }

    /** Writes are made by the factories of {@link Write}, or as one of its records. */
    private static String kindOfWrite(CodeUnitAccessTarget target) {
        var owner = target.getOwner();
        if (owner.isEquivalentTo(Write.class)) {
            var name = target.getName().equals("create") ? "put" : target.getName();
            return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        }
        return owner.isAssignableTo(Write.class) && target.getName().equals("<init>") ? owner.getSimpleName() : "";
    }

    /** A query names its index, is one of the table's own order, or reads the index that its selection chooses. */
    private static Stream<Index> indexes(JavaCodeUnit one) {
        var queries = calls(one, Query.class);
        var named = queries.stream().anyMatch(Set.of("newestFirst", "ascending", "<init>")::contains)
                ? constants(one, Index.class).map(Index::valueOf)
                : Stream.<Index>empty();
        var ofTable = queries.contains("partition") ? Stream.of(Index.TABLE) : Stream.<Index>empty();
        return Stream.of(named, ofTable, selected(one)).flatMap(indexes -> indexes);
    }

    /** A value from the function's caller can be of any kind. A value from its code has one known place. */
    private static Stream<Index> selected(JavaCodeUnit one) {
        var calls = calls(one, Selection.class);
        if (calls.contains("<init>")) {
            return Arrays.stream(Index.values()).filter(index -> index.name().startsWith("LISTS"));
        }
        var narrowed = new ArrayList<>(calls);
        narrowed.retainAll(NARROWING.keySet());
        if (constants(one, Selection.class).count() != 1) {
            if (!narrowed.isEmpty()) {
                throw new AssertionError("It is not seen which index " + one.getFullName() + " chooses");
            }
            return Stream.empty();
        }
        var selection = Selection.ALL;
        for (var call : narrowed) {
            selection = NARROWING.get(call).apply(selection);
        }
        return Stream.of(selection.index());
    }

    private static List<String> calls(JavaCodeUnit one, Class<?> type) {
        return ReachableCode.targets(one)
                .filter(target -> target.getOwner().isEquivalentTo(type))
                .map(CodeUnitAccessTarget::getName)
                .toList();
    }

    private static Stream<String> constants(JavaCodeUnit one, Class<?> type) {
        return one.getFieldAccesses().stream()
                .filter(access -> access.getTargetOwner().isEquivalentTo(type))
                .map(JavaFieldAccess::getName);
    }

    private static String simpleName(CodeUnitAccessTarget target) {
        return target.getRawParameterTypes().isEmpty()
                ? ""
                : target.getRawParameterTypes().getFirst().getSimpleName();
    }

    private static String storeCall(JavaCodeUnit one, CodeUnitAccessTarget target) {
        return place(one) + " calls " + target.getName();
    }

    private static String place(JavaCodeUnit one) {
        return one.getOwner().getSimpleName() + "." + one.getName();
    }

    /** One resource of each kind, in a region that is not the home region where there is one in each. */
    private record Resources(Template template) {
        private static final String BUCKET = "arn:aws:s3:::imageferry-111111111111-eu-west-1";

        Stream<String> of(RequestedAction ask, Set<String> objects) {
            return switch (ask.on()) {
                case TABLE -> Stream.of(table());
                case BUCKET -> Stream.of(BUCKET);
                case KEY -> Stream.of("arn:aws:kms:eu-west-1:111111111111:key/00000000-0000-4000-8000-000000000000");
                case STATE_MACHINE -> Stream.of(machine());
                case EXECUTION -> Stream.of(machine().replace(":stateMachine:", ":execution:") + ":c-1");
                case BUS -> Stream.of("arn:aws:events:us-east-1:111111111111:event-bus/imageferry");
                case OBJECT ->
                    // An upload always becomes a snapshot.
                    ask.action().equals("s3:PutObject") && !objects.equals(StoreCalls.LEDGER)
                            ? objects(StoreCalls.SNAPSHOTS)
                            : objects(objects);
                case SOURCE -> objects(objects);
            };
        }

        private static Stream<String> objects(Set<String> prefixes) {
            return prefixes.stream().map(prefix -> BUCKET + "/" + prefix + (prefix.endsWith("/") ? "s-1" : ""));
        }

        String index(Index index) {
            return index == Index.TABLE ? table() : table() + "/index/" + index.indexName();
        }

        private String table() {
            return "arn:aws:dynamodb:us-east-1:111111111111:table/"
                    + template.tables().getFirst().name();
        }

        private String machine() {
            return template.stateMachines().getFirst().arn();
        }
    }
}
