package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.command.DemoTest.Run;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's error is reported in one sentence, with a non-zero exit and without a stack trace. */
@Tag("slow")
class TroubleTest {
    @TempDir
    Path folder;

    @Test
    void an_absent_disk() {
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
            var port = taken.getLocalPort();

            refused(1, inUse(port, "--port"), local("--s3-port", "0", "--port", Integer.toString(port)));
            refused(1, inUse(port, "--s3-port"), local("--port", "0", "--s3-port", Integer.toString(port)));
            refused(1, inUse(port, "--aws"), local("--port", "0", "--s3-port", "0", "--aws", "127.0.0.1:" + port));
        }
    }

    @Test
    void every_port_in_use_is_named() throws Exception {
        try (var one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refused(
                    1,
                    inUse(one.getLocalPort(), "--port") + " " + inUse(other.getLocalPort(), "--s3-port"),
                    local("--port", "" + one.getLocalPort(), "--s3-port", "" + other.getLocalPort()));
        }
    }

    private static String inUse(int port, String option) {
        return "Port " + port + " of 127.0.0.1 is in use by another program: stop that one, or name another port with "
                + option + ".";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --port 99999                 | --port is 99999; a port is a number from 0, for any free one, to 65535.
            --port -1                    | --port is -1; a port is a number from 0, for any free one, to 65535.
            --s3-port=65536              | --s3-port is 65536; a port is a number from 0, for any free one, to 65535.
            --port 4444 --s3-port 4444   | --port and --s3-port are both 4444; give each its own port.
            --port 4444 --aws 127.0.0.1:4444 | --port and --aws are both 4444; give each its own port.
            --s3-port 4444 --aws 0.0.0.0:4444 | --s3-port and --aws are both 4444; give each its own port.
            --port -1 --aws nowhere:x    | --port is -1; a port is a number from 0, for any free one, to 65535; --aws is "nowhere:x"; give an address as 172.17.0.1 or 172.17.0.1:4082.
            --aws 172.17.0.1:99999       | --aws is 99999; a port is a number from 0, for any free one, to 65535.
            --aws 203.0.113.1            | --aws is "203.0.113.1", which is not an address of this machine; Docker's bridge is often at 172.17.0.1.
            --port abc                   | Invalid value for option '--port': 'abc' is not an int; see ./imageferry help local.
            --port                       | Missing required parameter for option '--port' (<port>); see ./imageferry help local.
            --prot 4444                  | Unknown options: '--prot', '4444'; see ./imageferry help local.
            --set Slots                  | Value for option option '--set' (NAME=VALUE) should be in KEY=VALUE format but was Slots; see ./imageferry help local.
            """)
    void an_argument_that_is_wrong_by_itself(String arguments, String sentence) {
        refused(2, sentence, local(arguments.split(" +", -1)));
    }

    @Test
    void other_commands_arguments_that_are_wrong_by_themselves() {
        refused(2, "Missing required parameter: 'FILE'; see ./imageferry help checksum.", Run.of("checksum"));
        refused(
                2,
                "--part-size is -1; give a number of bytes, at least 1.",
                Run.of("checksum", "--part-size", "-1", "x"));
        refused(
                2,
                "The demo needs three regions, not 2: give --regions a,b,c, or leave it out.",
                Run.of("demo", "--regions", "us-east-1,eu-west-1"));
        refused(2, "Unmatched argument at index 0: 'copy'; see ./imageferry help.", Run.of("copy"));
    }

    private Run local(String... arguments) {
        return Run.of(Stream.concat(
                        Stream.of("local", "--data", folder.resolve("data").toString()), Stream.of(arguments))
                .toArray(String[]::new));
    }

    /** Before the data folder is made, which is the first step of a start. */
    private void refused(int status, String sentence, Run run) {
        assertThat(run.output().strip()).isEqualTo(sentence);
        assertThat(run.status()).isEqualTo(status);
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void a_data_folder_that_cannot_be_made() {
        var run = Run.of("local", "--data", "/proc/data", "--port", "0", "--s3-port", "0");

        explains(run, "The data folder /proc/data cannot be used (no such file or folder)");
        assertThat(run.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local --port 0 --s3-port 0", "demo"})
    void a_folder_for_temporary_files_that_cannot_be_used(String command) throws Exception {
        var said = folder.resolve("errors");
        var start = LocalProcess.process(folder, command.split(" ", -1)).redirectError(said.toFile());
        start.environment().put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=/proc");

        assertThat(start.start().onExit().join().exitValue()).isEqualTo(1);
        assertThat(Files.readAllLines(said))
                .last()
                .isEqualTo(
                        "The folder for temporary files, /proc, cannot be used (no such file or folder): name another"
                                + " one in the variable TMPDIR.");
        assertThat(folder.resolve(".imageferry")).doesNotExist();
    }

    @Test
    void a_file_that_cannot_be_read() throws Exception {
        explains(Run.of("checksum", folder.toString()), "There is no file " + folder);
        explains(Run.of("checksum", "/proc/self/mem"), "/proc/self/mem");
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

    private static void explains(Run run, String what) {
        assertThat(run.status()).isNotZero();
        assertThat(run.output().strip().lines()).hasSize(1);
        assertThat(run.output()).contains(what).doesNotContain("Exception");
    }
}
