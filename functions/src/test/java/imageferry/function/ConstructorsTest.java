package imageferry.function;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;

import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Values that belong together have a type of their own, so that nobody must count arguments. */
class ConstructorsTest {
    private static final int MOST = 8;

    /** Headers of disk formats. Each is read in one place, in the order of its format's specification. */
    private static final Set<String> HEADERS = Set.of("imageferry.disk.Qcow2Header", "imageferry.disk.VmdkHeader");

    @Test
    void no_constructor_of_the_domain_takes_more_than_eight_values() {
        constructors()
                .that()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackages("imageferry.aws..", "imageferry.function..")
                .should(have(describe("at most " + MOST + " parameters", ConstructorsTest::isShort)))
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("imageferry"));
    }

    private static boolean isShort(JavaConstructor constructor) {
        return constructor.getRawParameterTypes().size() <= MOST
                || HEADERS.contains(constructor.getOwner().getName());
    }
}
