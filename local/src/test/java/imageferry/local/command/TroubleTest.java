package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.command.DemoTest.Run;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user can get wrong is told in one sentence, with a non-zero exit and without a stack trace. */
class TroubleTest {
    @TempDir
    Path folder;

    @Test
    void a_disk_that_is_not_there() {
        explains(Run.of("demo", folder.resolve("absent.img").toString()), "There is no readable file");
    }

    @Test
    void a_disk_that_is_a_folder() {
        explains(Run.of("demo", folder.toString()), "is a folder");
    }

    @Test
    void a_disk_that_is_empty() throws Exception {
        explains(Run.of("demo", Files.createFile(folder.resolve("empty.img")).toString()), "is empty");
    }

    @Test
    void a_port_in_use() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());
            var data = folder.resolve("data").toString();

            explains(Run.of("local", "--data", data, "--s3-port", "0", "--port", port), port);
        }
    }

    @Test
    void an_s3_port_in_use() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());
            var data = folder.resolve("data").toString();

            explains(Run.of("local", "--data", data, "--port", "0", "--s3-port", port), port);
        }
    }

    @Test
    void a_data_folder_in_use() throws Exception {
        try (var cloud = new RunningCloud(folder, Map.of())) {
            assertThat(cloud.uri()).isNotNull();
            explains(Run.of("local", "--data", folder.toString(), "--port", "0", "--s3-port", "0"), folder.toString());
        }
    }

    @Test
    void a_parameter_that_the_template_does_not_have() {
        explains(
                Run.of("local", "--data", folder.toString(), "--port", "0", "--s3-port", "0", "--set", "Slots=3"),
                "Slots");
    }

    @Test
    void an_address_for_containers_that_is_none_or_of_another_machine() {
        var data = folder.resolve("data").toString();

        explains(Run.of("local", "--data", data, "--aws", "172.17.0.1:http"), "172.17.0.1:http");
        explains(Run.of("local", "--data", data, "--aws", "172.17.0.1:99999"), "172.17.0.1:99999");
        explains(
                Run.of("local", "--data", data, "--port", "0", "--s3-port", "0", "--aws", "203.0.113.1"),
                "203.0.113.1:4082");
    }

    private static void explains(Run run, String what) {
        assertThat(run.status()).isNotZero();
        assertThat(run.output().strip().lines()).hasSize(1);
        assertThat(run.output()).contains(what).doesNotContain("Exception");
    }
}
