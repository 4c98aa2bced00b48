package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in the middle of a copy goes on where it was, once it is started again. */
@Timeout(240)
class KilledTest {
    private static final String HOME = "us-east-1";
    private static final String TARGET = "eu-west-1";

    @TempDir
    Path folder;

    @Test
    void a_copy_that_was_killed_in_the_middle_ends_after_a_restart() throws Exception {
        var disk = Disk.at(BootDisk.make(folder.resolve("disk.img"), 256));
        String copyId;
        String imageId;
        try (var first = LocalProcess.start(folder.resolve("data"))) {
            var key = "imports/" + Demo.OPERATOR + "/disk";
            first.buckets.upload(HOME, RunningCloud.bucket(HOME), key, disk.file());
            var imported = first.api
                    .post("/images", Map.of("region", HOME, "name", "original", "importKey", key))
                    .orExplain();
            assertThat(first.watch.untilEnded(imported.at("/copy/copyId").asText()))
                    .isEqualTo("Available");
            var copy = RunningCloud.only(first.api.post(
                    "/images/" + imported.at("/image/imageId").asText() + "/copies",
                    Map.of("targets", List.of(Map.of("region", TARGET)))));
            copyId = copy.path("copyId").asText();
            imageId = copy.path("imageId").asText();
            while (!first.api
                    .get("/copies/" + copyId)
                    .body()
                    .path("status")
                    .asText()
                    .equals("Copying")) {
                Thread.onSpinWait();
            }
            first.kill();
        }

        try (var second = LocalProcess.start(folder.resolve("data"))) {
            assertThat(second.watch.untilEnded(copyId)).isEqualTo("Available");
            assertThat(second.api
                            .get("/images/" + imageId)
                            .body()
                            .path("status")
                            .asText())
                    .isEqualTo("Available");
            var bucket = RunningCloud.bucket(TARGET);
            assertThat(second.buckets.openUploads(TARGET, bucket)).isEmpty();
            var keys = second.buckets.keys(TARGET, bucket, "");
            assertThat(keys).hasSize(1);
            assertThat(second.buckets.sha256(TARGET, bucket, keys.getFirst())).isEqualTo(disk.sha256());
        }
    }

    /** {@code imageferry local} in a process of its own, which can be killed. */
    private static final class LocalProcess implements AutoCloseable {
        private final Process process;
        final Api api;
        final Buckets buckets;
        final CopyWatch watch;

        private LocalProcess(Process process, String ready) {
            var words = ready.split(" +", -1);
            this.process = process;
            this.api = new Api(URI.create(words[2]), Demo.OPERATOR);
            this.buckets = new Buckets(URI.create(words[4]));
            this.watch = new CopyWatch(api, new Console(new java.io.PrintWriter(java.io.Writer.nullWriter())));
        }

        static LocalProcess start(Path data) throws IOException {
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx1g",
                            "-Dimageferry.home=" + Home.folder(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "local",
                            "--data",
                            data.toString(),
                            "--port",
                            "0",
                            "--s3-port",
                            "0")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            var line = lines.readLine();
            while (line != null && !line.startsWith("Ready: ")) {
                line = lines.readLine();
            }
            if (line == null) {
                throw new IOException("imageferry local ended before it was ready");
            }
            return new LocalProcess(process, line);
        }

        void kill() {
            process.destroyForcibly().onExit().join();
        }

        @Override
        public void close() {
            buckets.close();
            kill();
        }
    }
}
