package imageferry.local.supply;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.local.lint.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bill of materials lists exactly the content of functions.zip, with allowed licences only. */
class BillOfMaterialsTest {
    private static final Path TARGET = Tool.HOME.resolve("functions/target");

    static JsonNode bill;

    @BeforeAll
    static void read() throws IOException {
        var file = TARGET.resolve("functions-sbom.json");
        assumeTrue(Files.exists(file), "Maven makes functions-sbom.json only when it is online");
        bill = new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void it_lists_exactly_the_libraries_of_the_zip_with_their_hashes() throws Exception {
        var listed = components()
                .collect(toMap(
                        component -> component.path("name").asText() + "-"
                                + component.path("version").asText() + ".jar",
                        BillOfMaterialsTest::sha256));

        assertThat(listed).containsExactlyInAnyOrderEntriesOf(libraries());
    }

    @Test
    void every_library_has_a_licence_that_is_allowed() throws IOException {
        var allowed = Files.readAllLines(Tool.HOME.resolve("docs/rules/allowed-licences.csv")).stream()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(',')))
                .collect(toSet());

        assertThat(components()).allSatisfy(component -> {
            var licences = component.path("licenses").findValuesAsText("id");
            assertThat(licences).as(component.path("purl").asText()).isNotEmpty();
            assertThat(allowed).containsAll(licences);
        });
        var used = components()
                .flatMap(component -> component.path("licenses").findValuesAsText("id").stream())
                .collect(toSet());
        assertThat(used).isEqualTo(allowed);
    }

    /** A serial number or a time of its own would make two builds of one source differ. */
    @Test
    void it_is_the_same_in_every_build() {
        assertThat(bill.has("serialNumber")).isFalse();
        assertThat(bill.at("/metadata/properties").toString())
                .contains("{\"name\":\"cdx:reproducible\",\"value\":\"enabled\"}");
    }

    private static Stream<JsonNode> components() {
        return StreamSupport.stream(bill.path("components").spliterator(), false);
    }

    private static String sha256(JsonNode component) {
        return StreamSupport.stream(component.path("hashes").spliterator(), false)
                .filter(hash -> hash.path("alg").asText().equals("SHA-256"))
                .map(hash -> hash.path("content").asText())
                .findFirst()
                .orElse("none");
    }

    private static Map<String, String> libraries() throws IOException, NoSuchAlgorithmException {
        var libraries = new TreeMap<String, String>();
        try (var zip = new ZipFile(TARGET.resolve("functions.zip").toFile())) {
            for (var entry : zip.stream()
                    .filter(one -> one.getName().matches("lib/.+\\.jar"))
                    .toList()) {
                var digest = MessageDigest.getInstance("SHA-256")
                        .digest(zip.getInputStream(entry).readAllBytes());
                libraries.put(
                        entry.getName().substring("lib/".length()),
                        HexFormat.of().formatHex(digest));
            }
        }
        return libraries;
    }
}
