package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.id.ImageId;
import imageferry.image.Images;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Write;
import imageferry.local.lint.Tool;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that openapi-generator makes of openapi.yaml are compiled, and do a user's work: import, find, share, boot,
 * copy, cancel, retry and delete. One of the images has 3 GiB, which 32 bits cannot express.
 */
@Timeout(300)
@Tag("full")
class GeneratedClientsTest {
    private static final long THREE_GIB = 3L << 30;
    private static final String KEY = "imports/" + Demo.OPERATOR + "/golden.img";
    private static final String TOLD = """
            regions us-east-1,eu-west-1,ap-southeast-2
            imported Available
            tagged 1
            changed For everybody
            shared 333333333333
            instance 65536
            link memory
            listed 3221225472
            copy PendingApproval 3221225472
            ticket 3221225472
            cancelled CopyCancelled
            retried true
            refused 404
            """;

    @TempDir
    Path folder;

    private InMemoryCloud cloud;

    @BeforeEach
    void aLargeCopyThatWaitsForApproval() throws Exception {
        cloud = new InMemoryCloud(folder.resolve("cloud"), Map.of("ApprovalAboveBytes", Long.toString(THREE_GIB - 1)));
        var source = cloud.imported(Demo.OPERATOR, "large");
        var image = Images.key(new ImageId(source));
        var snapshot = cloud.ledger.read(image).orElseThrow().text("snapshotId");
        cloud.sizes.report(new Blob(InMemoryCloud.HOME, "snapshots/" + snapshot), THREE_GIB);
        cloud.ledger.commit(List.of(Write.update(image, Condition.exists(), Change.put("partSizeBytes", 64L << 20))));
        cloud.copy(Demo.OPERATOR, source, "large").orExplain();
        cloud.store.put(new Blob(InMemoryCloud.HOME, KEY), Bytes.of(InMemoryCloud.disk()));
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void in_java() throws Exception {
        var client = generated(
                "java",
                "library=native,openApiNullable=false,useJakartaEe=true,useSingleRequestParameter=true,"
                        + "invokerPackage=imageferry.client,apiPackage=imageferry.client.api,modelPackage=imageferry.client.model");
        Files.createDirectories(folder.resolve("classes"));
        var sources = files(client.resolve("src/main/java"), ".java");
        sources.add(story("Story.java"));
        compile(sources);

        try (var loader = new URLClassLoader(
                new URL[] {folder.resolve("classes").toUri().toURL()},
                getClass().getClassLoader())) {
            var told = loader.loadClass("Story")
                    .getMethod("tell", String.class, String.class)
                    .invoke(null, cloud.uri().toString(), KEY);

            assertThat(told).isEqualTo(TOLD);
        }
    }

    private void compile(List<Path> sources) throws Exception {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of("-d", folder.resolve("classes").toString(), "-proc:none", "-nowarn");
            var done = compiler.getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(done).as(said.toString()).isTrue();
        }
    }

    @Test
    void in_typescript() throws Exception {
        var compiler = Tool.wanted("tsc", "typescript");
        var client = generated("typescript-fetch", "");
        Files.move(client, folder.resolve("client"));
        Files.copy(story("story.ts"), folder.resolve("story.ts"));

        var compiled = compiler.run(
                folder,
                "--strict",
                "--target",
                "es2022",
                "--module",
                "commonjs",
                "--skipLibCheck",
                "--lib",
                "es2022,dom",
                "story.ts");
        assertThat(compiled.status()).as(compiled.output() + compiled.errors()).isZero();
        var run = Tool.run(folder, List.of("node", "story.js", cloud.uri().toString(), KEY));

        assertThat(run.output()).as(run.errors()).isEqualTo(TOLD);
    }

    @Test
    void in_python() throws Exception {
        var python = Tool.wanted("schemathesis", "schemathesis").python();
        var client = generated("python", "packageName=imageferry_client");
        Files.copy(story("story.py"), client.resolve("story.py"));

        var run = Tool.run(
                client, List.of(python.toString(), "story.py", cloud.uri().toString(), KEY));

        assertThat(run.output()).as(run.errors()).isEqualTo(TOLD);
    }

    /** Reading the generated sizes needs no compiler of C#. */
    @Test
    void in_csharp_a_count_of_bytes_is_a_long() throws Exception {
        var client = generated("csharp", "packageName=Imageferry");
        var field = Pattern.compile(
                "public (?!override)(\\S+) (\\w*(?:Bytes|Seconds|BytesPerSecond|BytesTotal|BytesCopied|BytesSaved)) ");
        var types = new TreeMap<String, String>();
        for (var file : files(client.resolve("src/Imageferry/Model"), ".cs")) {
            field.matcher(Files.readString(file))
                    .results()
                    .forEach(found -> types.put(file.getFileName() + " " + found.group(2), found.group(1)));
        }

        assertThat(types)
                .hasSizeGreaterThan(8)
                .allSatisfy((name, type) -> assertThat(type).as(name).isIn("long", "long?"));
    }

    /** Runs the generator, which {@code local/pom.xml} takes from Maven. */
    private Path generated(String language, String properties) throws Exception {
        var target = folder.resolve(language);
        var run = Tool.run(
                folder,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        Tool.HOME
                                .resolve("local/target/generator/openapi-generator-cli.jar")
                                .toAbsolutePath()
                                .toString(),
                        "generate",
                        "--input-spec=" + Tool.HOME.resolve("openapi.yaml").toAbsolutePath(),
                        "--generator-name=" + language,
                        "--output=" + target,
                        "--additional-properties=hideGenerationTimestamp=true" + (properties.isEmpty() ? "" : ",")
                                + properties));
        assertThat(run.status()).as(run.output() + run.errors()).isZero();
        return target;
    }

    private static List<Path> files(Path folder, String ending) throws Exception {
        try (var all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending))
                    .collect(Collectors.toCollection(ArrayList::new));
        }
    }

    private static Path story(String name) {
        return Path.of(GeneratedClientsTest.class
                .getResource("/imageferry/local/clients/" + name)
                .getPath());
    }
}
