package imageferry.disk;

import static imageferry.disk.Findings.cut;
import static imageferry.disk.Findings.disk;
import static imageferry.disk.Findings.refused;
import static imageferry.disk.Findings.size;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.rule.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images of one disk, made by QEMU's own tool in every format and kind, complete and cut off. */
@Tag("slow")
class RealImagesTest {
    /** No multiple of any block size, so that every last block is a partial one. */
    private static final int SIZE = RawDiskBuilder.SIZE + 17 * 512;

    private static final String SECRET = "--object=secret,id=key,data=not-so-secret";

    @TempDir
    Path folder;

    private QemuImg qemu;

    @BeforeEach
    void makeDisk() throws IOException {
        qemu = QemuImg.in(folder);
        var noise = new byte[SIZE];
        new Random(7).nextBytes(noise);
        // Holes, as real disks have them.
        Arrays.fill(noise, 1 << 20, 3 << 20, (byte) 0);
        var table = RawDiskBuilder.mbr()
                .code()
                .partition(0, 0xEE, RawDiskBuilder.SECTORS - 64)
                .gpt(512, RawDiskBuilder.BIOS_BOOT, RawDiskBuilder.ESP)
                .bytes();
        System.arraycopy(table, 0, noise, 0, 40 << 10);
        Files.write(folder.resolve("disk.raw"), noise);
    }

    @ParameterizedTest
    @CsvSource({
        "qcow2, qcow2,",
        "qcow2, qcow2, compat=0.10",
        "qcow2, qcow2, cluster_size=512",
        "qcow2, qcow2, cluster_size=1k",
        "qcow2, qcow2, cluster_size=4k",
        "qcow2, qcow2, cluster_size=16k",
        "qcow2, qcow2, cluster_size=2M",
        "qcow2, qcow2, 'compat=0.10,cluster_size=512'",
        "qcow2, qcow2, 'extended_l2=on,cluster_size=16k'",
        "qcow2, qcow2, 'extended_l2=on,cluster_size=2M'",
        "qcow2, qcow2, refcount_bits=1",
        "qcow2, qcow2, refcount_bits=64",
        "qcow2, qcow2, preallocation=metadata",
        "qcow2, qcow2, preallocation=full",
        "qcow2, qcow2, lazy_refcounts=on",
        "vhdx, vhdx, subformat=dynamic",
        "vhdx, vhdx, subformat=fixed",
        "vhdx, vhdx, block_size=1M",
        "vhdx, vhdx, block_size=256M",
        "vhdx, vhdx, log_size=16M",
        "vmdk, vmdk, subformat=monolithicSparse",
        "vmdk, vmdk, subformat=streamOptimized",
        "vmdk, vmdk, compat6",
        "vhd, vpc, 'subformat=dynamic,force_size=on'",
        "vhd, vpc, 'subformat=fixed,force_size=on'",
        "raw, raw,",
    })
    void show_their_format_size_and_boot_mode(String format, String made, String options) {
        var image = options == null
                ? qemu.convert("disk.raw", made, "image")
                : qemu.convert("disk.raw", made, "image", "-o", options);

        var found = disk(Findings.of(image));

        assertThat(found.format()).hasToString(format);
        assertThat(found.virtualSizeBytes()).isEqualTo(SIZE);
        assertThat(found.bootMode()).isEqualTo(BootMode.BOTH);
    }

    @Test
    void a_vhd_has_the_size_in_its_footer_even_if_it_was_rounded() {
        var image = qemu.convert("disk.raw", "vpc", "image");

        assertThat(disk(Findings.of(image)).virtualSizeBytes()).isBetween((long) SIZE, SIZE + (1L << 20));
    }

    @Test
    void compressed_clusters_are_read_and_an_unsupported_compression_leaves_the_boot_mode_open() {
        var deflated = qemu.convert("disk.raw", "qcow2", "deflated", "-c");
        var zstd = qemu.convert("disk.raw", "qcow2", "zstd", "-c", "-o", "compression_type=zstd");

        assertThat(disk(Findings.of(deflated)).bootMode()).isEqualTo(BootMode.BOTH);
        assertThat(disk(Findings.of(zstd))).isEqualTo(new Disk(Format.QCOW2, SIZE, null));
    }

    @ParameterizedTest
    @CsvSource({"qcow2, 1T", "vhdx, 2T", "vpc, 500G", "vmdk, 1T"})
    void an_empty_image_has_its_size_and_boots_nothing(String format, String size) {
        var found = disk(Findings.of(qemu.create(format, "image", size)));

        assertThat(found.virtualSizeBytes()).isGreaterThanOrEqualTo(500L << 30);
        assertThat(found.bootMode()).isEqualTo(BootMode.NONE);
    }

    @Test
    void an_image_with_a_backing_file_is_refused_with_its_name() {
        qemu.convert("disk.raw", "qcow2", "base.qcow2");
        qemu.convert("disk.raw", "vmdk", "base.vmdk");

        refused(
                Findings.of(qemu.create("qcow2", "a", "-b", "base.qcow2", "-F", "qcow2")),
                Code.INVALID_IMAGE_FORMAT_BACKING_FILE,
                "\"base.qcow2\"");
        refused(
                Findings.of(qemu.create("vmdk", "b", "-b", "base.vmdk", "-F", "vmdk")),
                Code.INVALID_IMAGE_FORMAT_BACKING_FILE,
                "\"base.vmdk\"");
    }

    @ParameterizedTest
    @CsvSource({
        "qcow2, 'encrypt.format=luks,encrypt.key-secret=key,encrypt.iter-time=10'",
        "qcow2, 'encrypt.format=aes,encrypt.key-secret=key'",
        "luks, 'key-secret=key,iter-time=10'",
    })
    void an_encrypted_image_is_refused(String format, String options) {
        var image = qemu.create(format, "image", SECRET, "-o", options, "8M");

        refused(Findings.of(image), Code.INVALID_IMAGE_FORMAT_ENCRYPTED, "is encrypted");
    }

    @ParameterizedTest
    @CsvSource({
        "twoGbMaxExtentSparse, image.vmdk",
        "twoGbMaxExtentSparse, image-s001.vmdk",
        "twoGbMaxExtentFlat, image.vmdk",
        "monolithicFlat, image.vmdk",
    })
    void each_piece_of_a_split_vmdk_is_refused(String subformat, String piece) {
        qemu.convert("disk.raw", "vmdk", "image.vmdk", "-o", "subformat=" + subformat);

        refused(Findings.of(folder.resolve(piece)), Code.INVALID_IMAGE_FORMAT_SPLIT, "only a piece of a disk");
    }

    @Test
    void a_qcow2_with_external_data_is_refused() {
        refused(
                Findings.of(qemu.create("qcow2", "image", "-o", "data_file=data.raw", "8M")),
                Code.INVALID_IMAGE_FORMAT_SPLIT,
                "another file");
    }

    @ParameterizedTest
    @CsvSource({"qcow", "vdi", "qed"})
    void an_unsupported_format_is_refused_by_its_name(String format) {
        refused(
                Findings.of(qemu.convert("disk.raw", format, "image")),
                Code.INVALID_IMAGE_FORMAT_UNKNOWN,
                "qemu-img convert");
    }

    /** Only cuts inside the last piece, which may be a partial one, are in no table. */
    @ParameterizedTest
    @CsvSource({
        "qcow2, 65536, -o, preallocation=off",
        "qcow2, 65536, -o, compat=0.10",
        "vhdx, 1, -o, subformat=dynamic",
        "vhdx, 1, -o, subformat=fixed",
        "vmdk, 1, -o, subformat=monolithicSparse",
        "vpc, 1, -o, subformat=dynamic",
    })
    void an_image_is_refused_wherever_it_is_cut_off(String format, long piece, String option, String value) {
        var image = qemu.convert("disk.raw", format, "image", option, value);
        var whole = size(image);

        for (var length = whole - piece; length > 700; length = length > 1 << 20 ? length - 300_007 : length / 2) {
            refused(cut(image, length), Code.INVALID_IMAGE_FORMAT_TRUNCATED, "is cut off");
        }
    }

    @Test
    void an_image_with_a_zeroed_header_is_not_recognised() throws IOException {
        for (var format : new String[] {"qcow2", "vhdx", "vmdk"}) {
            var image = qemu.convert("disk.raw", format, format);
            overwrite(image, 0, new byte[512]);

            refused(Findings.of(image), Code.INVALID_IMAGE_FORMAT_UNKNOWN, "not in a format that is recognised");
        }
    }

    @Test
    void a_vhdx_needs_one_of_its_two_headers_intact() throws IOException {
        var image = qemu.convert("disk.raw", "vhdx", "image");

        overwrite(image, 64 << 10, new byte[64 << 10]);
        overwrite(image, 192 << 10, new byte[64 << 10]);
        assertThat(disk(Findings.of(image)).virtualSizeBytes()).isEqualTo(SIZE);

        overwrite(image, 128 << 10, new byte[64 << 10]);
        refused(Findings.of(image), Code.INVALID_IMAGE_FORMAT_DAMAGED, "neither of its two headers");
    }

    @Test
    void a_vhd_whose_footer_was_changed_is_damaged() throws IOException {
        var image = qemu.convert("disk.raw", "vpc", "image");
        overwrite(image, size(image) - 512 + 50, new byte[] {1});

        refused(Findings.of(image), Code.INVALID_IMAGE_FORMAT_DAMAGED, "checksum of its VHD footer");
    }

    @Test
    void a_vmdk_that_was_transferred_as_a_text_is_damaged() throws IOException {
        var image = qemu.convert("disk.raw", "vmdk", "image");
        overwrite(image, 75, new byte[] {'\n', '\n'});

        refused(Findings.of(image), Code.INVALID_IMAGE_FORMAT_DAMAGED, "line ends");
    }

    @Test
    void a_stream_with_its_tables_at_the_end_is_cut_off_without_them() throws IOException {
        var image = qemu.convert("disk.raw", "vmdk", "image", "-o", "subformat=streamOptimized");
        var header = new FileBytes(image, size(image)).read(0, 512);
        var end = ByteBuffer.allocate(3 * 512).order(ByteOrder.LITTLE_ENDIAN);
        end.putLong(0, 1).putInt(12, 3).put(512, header);
        overwrite(image, size(image), end.array());
        overwrite(image, 56, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1});

        assertThat(disk(Findings.of(image))).isEqualTo(new Disk(Format.VMDK, SIZE, BootMode.BOTH));
        refused(cut(image, size(image) - 512), Code.INVALID_IMAGE_FORMAT_TRUNCATED, "its footer is missing");
    }

    @Test
    void a_wrong_format_of_the_owner_is_refused_and_the_right_one_is_not() {
        var image = qemu.convert("disk.raw", "qcow2", "image");
        var bytes = new FileBytes(image, size(image));

        assertThat(disk(Recogniser.recognise(bytes, Format.QCOW2)).format()).isEqualTo(Format.QCOW2);
        for (var other : new Format[] {Format.RAW, Format.VMDK, Format.ISO}) {
            refused(Recogniser.recognise(bytes, other), Code.INVALID_IMAGE_FORMAT_MISMATCH, "is qcow2, not " + other);
        }
    }

    private static void overwrite(Path file, long at, byte[] bytes) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        }
    }
}
