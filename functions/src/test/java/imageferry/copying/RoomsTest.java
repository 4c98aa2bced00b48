package imageferry.copying;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The packages below {@code copying} use its records. In the other direction, and from outside, only use cases are
 * called.
 */
class RoomsTest {
    private static final String COPYING = "imageferry.copying";
    private static final String ALL_OF_COPYING = COPYING + "..";

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("imageferry");

    /** The public classes of each package: its use cases and their parameters and results. */
    private static final Map<String, Set<String>> ENTRIES = Map.of(
            "request",
            Set.of(
                    "CancelCopy",
                    "ImportUpload",
                    "LostUploads",
                    "UploadEvent",
                    "RequestCopies",
                    "RequestImport",
                    "RetryCopy",
                    "RequestWiring",
                    "TargetRequest",
                    "ValidateCopy"),
            "queue",
            Set.of(
                    "DecideTicket",
                    "GrantSlots",
                    "OpenTickets",
                    "Queues",
                    "RequestApproval",
                    "RequestSlot",
                    "SlotLimits",
                    "SlotUse",
                    "Slots"),
            "transfer",
            Set.of("CompleteSnapshotCopy", "CopySnapshotParts", "Deadline", "Pause", "StartSnapshotCopy"),
            "ending",
            Set.of(
                    "AdvanceCopies",
                    "ContinueCopy",
                    "CreateImage",
                    "ImagesOfRegion",
                    "Quarantine",
                    "Release",
                    "SettleCopy",
                    "ShareCopied",
                    "SweepCopies",
                    "SweepOrphans",
                    "SweepReport"));

    /** The classes of the root that only the packages below it use. */
    private static final List<Class<?>> INTERNAL =
            List.of(Base.class, CopyRecord.class, BatchReport.class, VisibleCopies.class);

    /** The methods that other packages call. The other methods write, and belong in the transactions of use cases. */
    private static final Set<String> READS = Set.of("find", "require");

    @Test
    void a_package_is_entered_through_its_use_cases() {
        ENTRIES.forEach((room, entries) -> assertThat(ALL.stream()
                        .filter(type -> type.getPackageName().equals(COPYING + "." + room))
                        .filter(type -> type.isTopLevelClass()
                                && type.getModifiers().contains(JavaModifier.PUBLIC)
                                && !type.getSimpleName().equals("package-info"))
                        .map(JavaClass::getSimpleName)
                        .collect(toSet()))
                .as(room)
                .isEqualTo(entries));
    }

    @Test
    void every_package_below_is_listed() {
        assertThat(ALL.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.startsWith(COPYING + "."))
                        .map(name -> name.substring(COPYING.length() + 1))
                        .collect(toSet()))
                .isEqualTo(ENTRIES.keySet());
    }

    @Test
    void the_records_use_no_package_below_them() {
        noClasses()
                .that()
                .resideInAPackage(COPYING)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(COPYING + ".*..")
                .check(ALL);
    }

    @Test
    void the_packages_below_do_not_depend_on_each_other_in_circles() {
        slices().matching(COPYING + ".(*)..").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void no_other_package_uses_the_storage_of_copies() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ALL_OF_COPYING)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(INTERNAL.toArray(Class<?>[]::new))
                .check(ALL);
    }

    @Test
    void no_other_package_writes_copies() {
        noClasses()
                .that(not(resideInAPackage(ALL_OF_COPYING)))
                .should()
                .callMethodWhere(describe(
                        "a write of copies",
                        call -> call.getTargetOwner().isEquivalentTo(Copies.class) && !READS.contains(call.getName())))
                .check(ALL);
    }
}
