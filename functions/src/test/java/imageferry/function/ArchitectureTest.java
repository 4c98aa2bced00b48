package imageferry.function;

import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import imageferry.function.edge.LogLines;
import imageferry.function.edge.Metrics;
import imageferry.ledger.Ledger;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The architecture rules: only adapters use the SDK, handlers have one shape, and time is passed in. */
class ArchitectureTest {
    private static final String[] DOMAIN = Stream.of(
                    "account",
                    "bucket",
                    "copying",
                    "disk",
                    "id",
                    "idempotency",
                    "image",
                    "instance",
                    "ledger",
                    "modification",
                    "ownership",
                    "publishing",
                    "region",
                    "removal",
                    "rule",
                    "secret",
                    "sharing",
                    "snapshot",
                    "ticket",
                    "usage")
            .map(name -> "imageferry." + name + "..")
            .toArray(String[]::new);

    private static final int MOST_PARAMETERS = 6;

    /** A use case whose collaborators have no second user, the state of one call, and what the composition root wires from. */
    private static final Set<String> WIDER = Set.of("UseImages", "BatchProgress", "Ports", "RequestWiring");

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("imageferry");

    @Test
    void the_domain_uses_only_java_and_itself() {
        classes()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(Stream.concat(Stream.of(DOMAIN), Stream.of("java..", "org.jspecify.."))
                        .toArray(String[]::new))
                .check(ALL);
    }

    @Test
    void only_the_adapters_and_the_composition_root_use_the_sdk() {
        noClasses()
                .that()
                .resideOutsideOfPackage("imageferry.aws..")
                .and()
                .doNotHaveFullyQualifiedName(App.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .check(ALL);
    }

    @Test
    void only_the_composition_root_makes_adapters() {
        noClasses()
                .that()
                .resideOutsideOfPackage("imageferry.aws..")
                .and()
                .doNotHaveFullyQualifiedName(App.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("imageferry.aws..")
                .check(ALL);
    }

    @Test
    void every_package_of_the_service_is_either_domain_adapter_or_edge() {
        classes()
                .should()
                .resideInAnyPackage(
                        Stream.concat(Stream.of(DOMAIN), Stream.of("imageferry.aws..", "imageferry.function.."))
                                .toArray(String[]::new))
                .check(ALL);
    }

    @Test
    void packages_do_not_depend_on_each_other_in_circles() {
        slices().matching("imageferry.(*)..").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void time_is_passed_in() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(App.class.getName())
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Date.class)
                .check(ALL);
    }

    @Test
    void only_adapters_and_the_injected_pause_sleep() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(App.class.getName())
                .and()
                .doNotHaveFullyQualifiedName("imageferry.copying.transfer.Pause")
                .and()
                .resideOutsideOfPackage("imageferry.aws..")
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "Thread.sleep",
                        call -> call.getTargetOwner().isEquivalentTo(Thread.class)
                                && call.getName().equals("sleep")))
                .check(ALL);
    }

    /** Lambda's log is standard output. Two classes write it, each a whole line of JSON at a time. */
    @Test
    void only_the_log_and_the_metrics_print() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(LogLines.class, Metrics.class)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(ALL);
    }

    @Test
    void the_environment_is_read_in_one_place() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(App.class.getName())
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "System.getenv",
                        call -> call.getTargetOwner().isEquivalentTo(System.class)
                                && call.getName().equals("getenv")))
                .check(ALL);
    }

    @Test
    void a_handler_is_a_final_class_named_function_with_one_public_method() {
        assertThat(handlers()).hasSize(26);
        classes()
                .that(areHandlers())
                .should()
                .haveSimpleNameEndingWith("Function")
                .andShould()
                .haveModifier(JavaModifier.FINAL)
                .andShould()
                .resideInAPackage("imageferry.function")
                .andShould(have(DescribedPredicate.describe(
                        "a public constructor without parameters", ArchitectureTest::lambdaCanMake)))
                .andShould(have(DescribedPredicate.describe(
                        "no public method but handleRequest", ArchitectureTest::doesOneThing)))
                .check(ALL);
        classes()
                .that()
                .haveSimpleNameEndingWith("Function")
                .should(have(areHandlers()))
                .check(ALL);
    }

    /** A class that needs more takes a collaborator that holds some of them; a record without a clock or a ledger is data. */
    @Test
    void a_constructor_has_at_most_six_parameters() {
        assertThat(ALL.stream()
                        .filter(type -> !type.isEnum() && !isData(type))
                        .flatMap(type -> type.getConstructors().stream())
                        .filter(constructor ->
                                constructor.getRawParameterTypes().size() > MOST_PARAMETERS)
                        .map(constructor -> constructor.getOwner().getSimpleName()))
                .containsExactlyInAnyOrderElementsOf(WIDER);
    }

    private static boolean isData(JavaClass type) {
        return type.isRecord()
                && type.getFields().stream()
                        .map(JavaField::getRawType)
                        .noneMatch(field ->
                                field.isEquivalentTo(Ledger.class) || field.isEquivalentTo(InstantSource.class));
    }

    private static boolean lambdaCanMake(JavaClass handler) {
        return handler.getConstructors().stream()
                .filter(constructor -> constructor.getModifiers().contains(JavaModifier.PUBLIC))
                .allMatch(constructor -> constructor.getRawParameterTypes().isEmpty());
    }

    private static boolean doesOneThing(JavaClass handler) {
        return handler.getMethods().stream()
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                .allMatch(method -> method.getName().equals("handleRequest"));
    }

    private static Stream<JavaClass> handlers() {
        return ALL.stream().filter(areHandlers());
    }

    private static DescribedPredicate<JavaClass> areHandlers() {
        return DescribedPredicate.describe("are handlers", type -> type.isAssignableTo(RequestHandler.class));
    }
}
