package imageferry.local.store;

import static imageferry.local.store.Bytes.MIB;
import static imageferry.local.store.TestStores.HOME;
import static imageferry.local.store.TestStores.HOME_BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import imageferry.local.Tree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** The stores start silently, keep their data, and say in one sentence why they cannot start. */
@Tag("slow")
class StartAndStopTest {
    @TempDir
    private Path temporary;

    @Test
    void stored_data_survive_a_restart_and_an_open_upload_continues() {
        var disk = Bytes.random(10 * MIB, 4);
        var data = temporary.resolve("not/there/yet");
        String upload;
        CompletedPart first;
        try (var before = TestStores.in(data)) {
            Tables.create(before.dynamoDb(HOME, "anyone"));
            before.dynamoDb(HOME, "anyone")
                    .putItem(r -> r.tableName("Imageferry").item(Tables.item("a")));
            before.s3(HOME).putObject(r -> r.bucket(HOME_BUCKET).key("disk"), RequestBody.fromBytes(disk));
            upload = before.s3(HOME)
                    .createMultipartUpload(
                            r -> r.bucket(HOME_BUCKET).key("copy").checksumAlgorithm(ChecksumAlgorithm.SHA256))
                    .uploadId();
            first = copy(before.s3(HOME), upload, 1, "bytes=0-5242879");
        }

        try (var after = TestStores.in(data)) {
            assertThat(after.dynamoDb(HOME, "anyone")
                            .getItem(r -> r.tableName("Imageferry").key(Tables.key("a")))
                            .item())
                    .isEqualTo(Tables.item("a"));
            var s3 = after.s3(HOME);
            var second = copy(s3, upload, 2, "bytes=5242880-10485759");
            assertThat(s3.completeMultipartUpload(r -> r.bucket(HOME_BUCKET)
                                    .key("copy")
                                    .uploadId(upload)
                                    .multipartUpload(m -> m.parts(first, second)))
                            .checksumSHA256())
                    .isEqualTo(Bytes.composite(disk, 5 * MIB));
            assertThat(s3.getObjectAsBytes(r -> r.bucket(HOME_BUCKET).key("copy"))
                            .asByteArray())
                    .isEqualTo(disk);
        }
    }

    @Test
    void a_moved_data_folder_still_has_its_objects() throws IOException {
        var moved = temporary.resolve("moved");
        try (var before = TestStores.in(temporary.resolve("first"))) {
            before.s3(HOME).putObject(r -> r.bucket(HOME_BUCKET).key("a/b c"), RequestBody.fromString("here"));
        }
        Files.move(temporary.resolve("first"), moved);

        try (var after = TestStores.in(moved)) {
            var s3 = after.s3(HOME);
            assertThat(s3.getObjectAsBytes(r -> r.bucket(HOME_BUCKET).key("a/b c"))
                            .asUtf8String())
                    .isEqualTo("here");
            s3.putObject(r -> r.bucket(HOME_BUCKET).key("a/b c"), RequestBody.fromString("again"));
        }
        assertThat(temporary.resolve("first")).doesNotExist();
    }

    @Test
    void only_arrivals_of_a_killed_process_are_removed() throws IOException {
        TestStores.in(temporary).close();
        var incoming = temporary.resolve("incoming");
        Files.writeString(incoming.resolve("01234567-89ab-cdef-0123-456789abcdef"), "half a disk");
        Files.writeString(incoming.resolve("orders.csv"), "mine");
        Files.createDirectories(incoming.resolve("aaaaaaaa-89ab-cdef-0123-456789abcdef/orders"));
        var uploads = temporary.resolve("s3").resolve(HOME_BUCKET).resolve("multiparts");
        Files.createDirectories(uploads.resolve("orders"));

        TestStores.in(temporary).close();

        assertThat(Tree.of(incoming))
                .containsOnlyKeys(
                        "orders.csv",
                        "aaaaaaaa-89ab-cdef-0123-456789abcdef",
                        "aaaaaaaa-89ab-cdef-0123-456789abcdef/orders");
        assertThat(uploads.resolve("orders")).exists();
    }

    /** Each is a way in which Spring reads settings, and the second lets S3Mock delete all files when it stops. */
    @Test
    void settings_for_other_programs_change_nothing() throws IOException {
        var root = "com.adobe.testing.s3mock.store.root";
        var retain = "com.adobe.testing.s3mock.store.retain-files-on-exit";
        var elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("notes.txt"), "mine");
        System.setProperty(root, elsewhere.toString());
        System.setProperty(retain, "false");
        try (var stores = TestStores.in(temporary.resolve("data"))) {
            stores.s3(HOME).putObject(r -> r.bucket(HOME_BUCKET).key("a"), RequestBody.fromString("a"));
        } finally {
            System.clearProperty(root);
            System.clearProperty(retain);
        }

        assertThat(Tree.of(elsewhere)).containsOnlyKeys("notes.txt");
        assertThat(temporary.resolve("data/s3").resolve(HOME_BUCKET)).isDirectory();
    }

    @Test
    void two_pairs_of_stores_are_independent() {
        try (var one = TestStores.in(temporary.resolve("one"));
                var other = TestStores.in(temporary.resolve("other"))) {
            Tables.create(one.dynamoDb(HOME, "anyone"));
            one.s3(HOME).putObject(r -> r.bucket(HOME_BUCKET).key("a"), RequestBody.fromString("a"));

            assertThat(other.dynamoDb(HOME, "anyone").listTables().tableNames()).isEmpty();
            assertThat(other.s3(HOME).listObjectsV2(r -> r.bucket(HOME_BUCKET)).contents())
                    .isEmpty();
            assertThat(one.s3(HOME).listObjectsV2(r -> r.bucket(HOME_BUCKET)).contents())
                    .hasSize(1);
        }
    }

    @Test
    void a_folder_in_use_is_refused() {
        try (var running = TestStores.in(temporary)) {
            assertThat(running.stores.s3()).isNotNull();
            assertThatExceptionOfType(DataFolderInUse.class).isThrownBy(() -> TestStores.in(temporary));
        }
    }

    @Test
    void a_port_in_use_is_refused_in_one_sentence_and_the_folder_is_free_again() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = other.getLocalPort();
            var said = terminalDuring(() -> assertThatExceptionOfType(PortInUse.class)
                    .isThrownBy(() -> TestStores.in(temporary, port))
                    .withMessage("Port " + port + " of 127.0.0.1 is in use by another program: stop that one, or name"
                            + " another port with --s3-port."));
            assertThat(said).isEmpty();
        }

        DataFolder.open(temporary).close();
    }

    @Test
    void nothing_is_written_to_the_terminal_and_nothing_listens_beyond_loopback() {
        var said = terminalDuring(() -> {
            try (var stores = TestStores.in(temporary)) {
                stores.s3(HOME).listBuckets();
                stores.dynamoDb(HOME, "anyone").listTables();
                assertThat(beyondLoopback()).allSatisfy(address -> {
                    assertThat(answers(address, stores.stores.s3().getPort())).isFalse();
                    assertThat(answers(address, stores.stores.dynamoDb().getPort()))
                            .isFalse();
                });
            }
        });

        assertThat(said).isEmpty();
    }

    private static List<InetAddress> beyondLoopback() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress())
                    .toList();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String terminalDuring(Runnable act) {
        var out = System.out;
        var err = System.err;
        var terminal = new ByteArrayOutputStream();
        System.setOut(new PrintStream(terminal, true, StandardCharsets.UTF_8));
        System.setErr(System.out);
        try {
            act.run();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return terminal.toString(StandardCharsets.UTF_8);
    }

    private static boolean answers(InetAddress address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static CompletedPart copy(S3Client s3, String upload, int number, String range) {
        var part = s3.uploadPartCopy(r -> r.sourceBucket(HOME_BUCKET)
                        .sourceKey("disk")
                        .destinationBucket(HOME_BUCKET)
                        .destinationKey("copy")
                        .uploadId(upload)
                        .partNumber(number)
                        .copySourceRange(range))
                .copyPartResult();
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(part.eTag())
                .checksumSHA256(part.checksumSHA256())
                .build();
    }
}
