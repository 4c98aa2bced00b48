package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./imageferry} in a fresh checkout builds the deployed zip, in any folder and for any user. */
@Timeout(900)
@Tag("slow")
class LauncherTest {
    private static final Set<String> NOT_COPIED = Set.of("target", ".git", ".imageferry", ".aws-sam");

    @TempDir
    Path temporary;

    /** As a service runs it: without HOME, in the locale C, in folders with spaces and letters that ASCII lacks. */
    @Test
    void a_first_start_builds_the_deployed_zip_and_runs_in_any_folder() throws Exception {
        var checkout = temporary.resolve("chëck out ☂/imageferry");
        copy(Home.folder(), checkout);
        var current = Files.createDirectories(temporary.resolve("cürrent földer"));
        Files.writeString(current.resolve("dísk ☂.img"), "a disk");

        var checksum = launch(checkout, current, "checksum", "dísk ☂.img").start();

        assertThat(text(checksum)).isEqualTo(ChecksumCommand.composite(current.resolve("dísk ☂.img"), 5 << 20));
        assertThat(checkout.resolve("functions/target/functions.zip"))
                .hasSameBinaryContentAs(Home.functionsZip(Home.folder()));
        var local = launch(checkout, current, "local", "--data", "dätä ☂", "--port", "0", "--s3-port", "0")
                .start();
        try (var lines = new BufferedReader(new InputStreamReader(local.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith("Ready: ");
            assertThat(current.resolve("dätä ☂/imageferry-data.json")).exists();
        } finally {
            local.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_checkout_in_a_folder_that_java_cannot_name_is_reported_in_one_sentence() throws Exception {
        var checkout = Files.createDirectories(temporary.resolve("a:b"));
        Files.copy(Home.folder().resolve("imageferry"), checkout.resolve("imageferry"));
        copy(Home.folder().resolve(".mvn"), checkout.resolve(".mvn"));

        var run = launch(checkout, temporary, "help").redirectErrorStream(true).start();

        assertThat(text(run))
                .isEqualTo("Imageferry cannot run in " + checkout
                        + ": Java reads the colon in that path as a separator; move the folder.");
        assertThat(run.exitValue()).isEqualTo(1);
    }

    private static ProcessBuilder launch(Path checkout, Path current, String... arguments) {
        var command = new ArrayList<>(List.of(checkout.resolve("imageferry").toString()));
        command.addAll(List.of(arguments));
        var launcher =
                new ProcessBuilder(command).directory(current.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
        launcher.environment().keySet().removeAll(Set.of("HOME", "LANG", "LC_CTYPE", "JAVA_HOME"));
        launcher.environment().put("LC_ALL", "C");
        return launcher;
    }

    private static String text(Process process) throws Exception {
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text.strip();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts) throws IOException {
                if (NOT_COPIED.contains(String.valueOf(folder.getFileName()))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes facts) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
