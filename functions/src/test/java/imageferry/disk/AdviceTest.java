package imageferry.disk;

import static imageferry.disk.Findings.disk;
import static imageferry.disk.Findings.size;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The advice of a refusal works: after its printed commands have run, the disk can be imported. */
@Tag("slow")
class AdviceTest {
    private static final Pattern COMMAND = Pattern.compile("`([^`]+)`");
    private static final String SECRET = "--object=secret,id=key,data=not-so-secret";
    private static final int SIZE = RawDiskBuilder.SIZE;

    @TempDir
    Path folder;

    private QemuImg qemu;

    @BeforeEach
    void makeDisk() throws IOException {
        qemu = QemuImg.in(folder);
        var noise = new byte[SIZE];
        new Random(7).nextBytes(noise);
        var table = RawDiskBuilder.mbr().code().partition(0x80, 0x83, 4096).bytes();
        System.arraycopy(table, 0, noise, 0, 1 << 10);
        Files.write(folder.resolve("disk.raw"), noise);
        Files.writeString(folder.resolve("KEYFILE"), "not-so-secret");
    }

    /** The disk that exists after all commands of the refusal, and must be as large as the one before. */
    private Disk followed(Path refused) throws IOException {
        var why = ((Finding.Refused) Findings.of(refused)).why();
        var commands =
                COMMAND.matcher(why).results().map(found -> found.group(1)).toList();
        assertThat(commands).as(why).isNotEmpty();
        for (var command : commands) {
            var words = command.replaceAll("\\bFILE\\b", refused.toString()).replaceAll("\\bNEW\\b", "NEW.made");
            var outcome = Tool.outcome(folder, List.of("sh", "-c", words));
            assertThat(outcome.code()).as(words + ": " + outcome.said()).isZero();
        }
        var made = folder.resolve("NEW.made");
        return disk(Findings.of(Files.exists(made) ? made : refused));
    }

    private void requireFollowed(Path refused) throws IOException {
        var found = followed(refused);

        assertThat(found.virtualSizeBytes()).isBetween((long) SIZE, SIZE + (1L << 20));
        assertThat(found.bootMode()).isEqualTo(BootMode.BIOS);
    }

    private static void overwrite(Path file, long at, byte[] bytes) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        }
    }

    private static byte[] number(long value, int bytes) {
        return Arrays.copyOfRange(ByteBuffer.allocate(8).putLong(value).array(), 8 - bytes, 8);
    }

    @Test
    void a_vhdx_that_was_not_closed() throws IOException {
        var guest = RawDiskBuilder.mbr().code().partition(0x80, 0x83, 2000).bytes();
        var open = VhdxBuilder.of(guest, 512).open().logged(0, VhdxBuilder.LOG_ID, 5, VhdxBuilder.SIZE);
        var file = Files.write(folder.resolve("open.vhdx"), open.bytes());
        assertThat(qemu.opens("vhdx", file)).as("QEMU refuses it as well").isFalse();

        assertThat(followed(file)).isEqualTo(new Disk(Format.VHDX, VhdxBuilder.MIB, BootMode.BIOS));
    }

    @Test
    void a_qcow2_that_is_marked_as_corrupt() throws IOException {
        var image = qemu.convert("disk.raw", "qcow2", "image");
        overwrite(image, 79, new byte[] {2});

        requireFollowed(image);
    }

    @ParameterizedTest
    @ValueSource(ints = {56, 65_536})
    void a_qcow2_without_counts_of_references(int place) throws IOException {
        var image = qemu.convert("disk.raw", "qcow2", "image");
        overwrite(image, place, new byte[place == 56 ? 4 : 8]);

        requireFollowed(image);
    }

    @Test
    void a_qcow2_that_counts_a_cluster_beyond_its_end() throws IOException {
        var image = qemu.convert("disk.raw", "qcow2", "image");
        overwrite(image, (2 << 16) + 2 * (size(image) / 65_536 + 3), new byte[] {0, 1});

        requireFollowed(image);
    }

    @Test
    void a_qcow2_that_is_cut_off_does_not_pass_the_check_that_the_same_answer_names() throws IOException {
        var image = qemu.convert("disk.raw", "qcow2", "image");
        try (var channel = FileChannel.open(image, StandardOpenOption.WRITE)) {
            channel.truncate(size(image) - (1 << 20));
        }

        assertThat(((Finding.Refused) Findings.of(image)).why()).contains("if `qemu-img check FILE` finds no error");
        assertThat(Tool.outcome(folder, List.of("qemu-img", "check", "image")).code())
                .isEqualTo(2);
    }

    @Test
    void a_vhd_with_bytes_after_its_footer() throws IOException {
        for (var subformat : new String[] {"fixed", "dynamic"}) {
            var image = qemu.convert("disk.raw", "vpc", subformat, "-o", "force_size=on,subformat=" + subformat);
            overwrite(image, size(image), new byte[512]);

            requireFollowed(image);
        }
    }

    @Test
    void a_vhd_with_a_wrong_footer_and_a_right_copy_of_it() throws IOException {
        var image = qemu.convert("disk.raw", "vpc", "image", "-o", "force_size=on");
        overwrite(image, size(image) - 512 + 50, new byte[] {1});

        requireFollowed(image);
    }

    @Test
    void a_vhd_of_another_version() throws IOException {
        var image = qemu.convert("disk.raw", "vpc", "image", "-o", "force_size=on,subformat=fixed");
        var checksum = new FileBytes(image, size(image)).read(size(image) - 512 + 64, 4);
        overwrite(image, size(image) - 512 + 12, new byte[] {0, 2});
        overwrite(
                image, size(image) - 512 + 64, number(ByteBuffer.wrap(checksum).getInt() - 1, 4));

        requireFollowed(image);
    }

    @Test
    void a_stream_vmdk_with_bytes_after_its_footer() throws IOException {
        var image = qemu.convert("disk.raw", "vmdk", "image", "-o", "subformat=streamOptimized");
        var header = new FileBytes(image, size(image)).read(0, 512);
        var end = ByteBuffer.allocate(4 * 512).order(ByteOrder.LITTLE_ENDIAN);
        overwrite(
                image,
                size(image),
                end.putLong(0, 1).putInt(12, 3).put(512, header).array());
        overwrite(image, 56, number(-1, 8));

        requireFollowed(image);
    }

    @ParameterizedTest
    @CsvSource({"qcow2", "vmdk"})
    void a_differencing_disk(String format) throws IOException {
        qemu.convert("disk.raw", format, "base");

        requireFollowed(qemu.create(format, "over", "-b", "base", "-F", format));
    }

    @ParameterizedTest
    @CsvSource({"twoGbMaxExtentSparse", "twoGbMaxExtentFlat", "monolithicFlat"})
    void the_descriptor_of_a_vmdk(String subformat) throws IOException {
        requireFollowed(qemu.convert("disk.raw", "vmdk", "image.vmdk", "-o", "subformat=" + subformat));
    }

    @Test
    void a_qcow2_with_its_data_in_another_file() throws IOException {
        var image = qemu.create("qcow2", "image", "-o", "data_file=data.raw,data_file_raw=on", "" + SIZE);
        Files.copy(folder.resolve("disk.raw"), folder.resolve("data.raw"), StandardCopyOption.REPLACE_EXISTING);

        assertThat(followed(image).virtualSizeBytes()).isEqualTo(SIZE);
    }

    @ParameterizedTest
    @CsvSource({
        "qcow2, 'encrypt.format=luks,encrypt.key-secret=key,encrypt.iter-time=10'",
        "qcow2, 'encrypt.format=aes,encrypt.key-secret=key'",
        "luks, 'key-secret=key,iter-time=10'",
    })
    void an_encrypted_disk(String format, String options) throws IOException {
        var image = qemu.create(format, "image", SECRET, "-o", options, "" + SIZE);

        assertThat(followed(image)).isEqualTo(new Disk(Format.QCOW2, SIZE, BootMode.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"qcow", "vdi", "qed", "parallels"})
    void a_disk_in_a_format_that_is_not_imported(String format) throws IOException {
        requireFollowed(qemu.convert("disk.raw", format, "image"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "bzip2", "xz", "zstd", "lz4", "lzip", "lzop", "compress"})
    void a_compressed_disk(String program) throws IOException {
        Tool.named(program, folder).run("sh", "-c", program + " -c disk.raw > packed");

        requireFollowed(folder.resolve("packed"));
    }

    @Test
    void a_sparse_image_of_android() throws IOException {
        assumeTrue(Tool.isInstalled("simg2img"), "simg2img is not installed");
        Tool.named("img2simg", folder).run("img2simg", "disk.raw", "sparse");

        requireFollowed(folder.resolve("sparse"));
    }

    @ParameterizedTest
    @CsvSource({
        "tar, tar, tar -cf packed disk.img",
        "tar, tar, tar --format=v7 -cf packed disk.img",
        "cpio, cpio, echo disk.img | cpio -o -H bin > packed",
        "cpio, cpio, echo disk.img | cpio -o -H newc > packed",
        "7z, 7z, 7z a -t7z packed.7z disk.img && mv packed.7z packed",
        "unzip, zip, zip packed.zip disk.img && mv packed.zip packed",
    })
    void an_archive_with_the_disk_in_it(String program, String packer, String pack) throws IOException {
        var tool = Tool.named(program, folder);
        assumeTrue(Tool.isInstalled(packer), packer + " is not installed");
        Files.copy(folder.resolve("disk.raw"), folder.resolve("disk.img"));
        tool.run("sh", "-c", pack);
        Files.delete(folder.resolve("disk.img"));
        var why = ((Finding.Refused) Findings.of(folder.resolve("packed"))).why();
        var command = COMMAND.matcher(why).results().findFirst().orElseThrow().group(1);

        tool.run("sh", "-c", command.replace("FILE", "packed"));

        assertThat(disk(Findings.of(folder.resolve("disk.img"))).bootMode()).isEqualTo(BootMode.BIOS);
    }
}
