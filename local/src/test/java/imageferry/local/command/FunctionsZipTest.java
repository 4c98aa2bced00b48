package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The deployed zip: the same bytes from every build, and no file that a function does not need. */
@Tag("slow")
final class FunctionsZipTest {
    /** The SDK of four services and its dependencies, Jackson, the schema validator, and a log that Lambda captures. */
    private static final String LIBRARIES = """
            annotations apache5-client arns auth aws-core aws-json-protocol aws-lambda-java-core
            aws-query-protocol aws-xml-protocol checksums checksums-spi crt-core dynamodb endpoints-spi
            eventbridge eventstream http-auth http-auth-aws http-auth-aws-eventstream http-auth-spi http-client-spi
            httpclient5 httpcore5 httpcore5-h2 identity-spi itu jackson-annotations jackson-core
            jackson-databind jackson-datatype-jsr310 json-schema-validator json-utils metrics-spi profiles
            protocol-core reactive-streams regions retries retries-spi s3 sdk-core
            sfn slf4j-api slf4j-jdk14 third-party-jackson-core url-connection-client utils
            utils-lite""";

    private static List<? extends ZipEntry> entries;

    @BeforeAll
    static void open() throws IOException {
        try (var zip = new ZipFile(Home.functionsZip(Home.folder()).toFile())) {
            entries = zip.stream().toList();
        }
    }

    @Test
    void no_entry_has_the_time_of_its_build() {
        assertThat(entries)
                .extracting(ZipEntry::getTime)
                .containsOnly(entries.getFirst().getTime());
    }

    @Test
    void its_own_files_come_in_the_same_order_on_every_machine() {
        assertThat(entries)
                .extracting(ZipEntry::getName)
                .filteredOn(name -> !name.endsWith("/") && !name.startsWith("lib/"))
                .isSorted();
    }

    @Test
    void it_holds_our_classes_the_contract_and_libraries() {
        assertThat(entries)
                .extracting(ZipEntry::getName)
                .allMatch(name -> name.matches("(imageferry|META-INF|lib)/.*|contract.json|parameters.json|.*/"));
    }

    @Test
    void no_library_is_unexpected() {
        assertThat(entries)
                .extracting(ZipEntry::getName)
                .filteredOn(name -> name.startsWith("lib/") && name.endsWith(".jar"))
                .extracting(name -> name.replaceFirst("lib/(.+?)-[0-9].*", "$1"))
                .containsExactlyInAnyOrder(LIBRARIES.split("\\s+"));
    }
}
