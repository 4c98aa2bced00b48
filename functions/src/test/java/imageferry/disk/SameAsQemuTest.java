package imageferry.disk;

import static imageferry.disk.Findings.disk;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Images that QEMU makes are accepted, and files that it does not open are refused. Some files are refused although
 * QEMU opens them: {@code docs/formats.md} lists the reasons.
 */
@Tag("slow")
class SameAsQemuTest {
    /** No multiple of any block. */
    private static final int SIZE = (1 << 20) + 17 * 512;

    private static final int CHANGES = 80;

    @TempDir
    Path folder;

    private QemuImg qemu;

    @BeforeEach
    void makeDisk() throws IOException {
        qemu = QemuImg.in(folder);
        var noise = new byte[SIZE];
        new Random(7).nextBytes(noise);
        System.arraycopy(RawDiskBuilder.mbr().code().partition(0x80, 0x83, 1024).bytes(), 0, noise, 0, 1024);
        Files.write(folder.resolve("disk.raw"), noise);
    }

    private void requireAccepted(Path image) {
        var found = disk(Findings.of(image));

        assertThat(found.bootMode()).isEqualTo(BootMode.BIOS);
        assertThat(found.virtualSizeBytes()).isBetween((long) SIZE, SIZE + (1L << 20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cluster_size=512",
                "cluster_size=2k",
                "cluster_size=8k",
                "cluster_size=32k",
                "cluster_size=128k",
                "cluster_size=256k",
                "cluster_size=1M",
                "extended_l2=on,cluster_size=32k",
                "extended_l2=on,cluster_size=64k",
                "refcount_bits=2",
                "refcount_bits=4",
                "refcount_bits=8",
                "refcount_bits=32",
                "preallocation=off",
                "preallocation=falloc",
                "lazy_refcounts=on,compat=1.1",
                "compat=0.10,cluster_size=2M",
                "compression_type=zlib",
                "compression_type=zstd"
            })
    void every_kind_of_qcow2(String options) {
        requireAccepted(qemu.convert("disk.raw", "qcow2", "image", "-o", options));
    }

    @ParameterizedTest
    @CsvSource({
        "vhdx, 'subformat=fixed,block_size=8M'",
        "vhdx, 'subformat=dynamic,block_size=16M'",
        "vhdx, log_size=4M",
        "vhdx, block_state_zero=off",
        "vpc, subformat=dynamic",
        "vpc, subformat=fixed",
        "vmdk, adapter_type=lsilogic",
        "vmdk, adapter_type=legacyESX",
        "vmdk, hwversion=17",
        "vmdk, zeroed_grain=on",
        "vmdk, 'subformat=streamOptimized,adapter_type=buslogic'",
        "raw, preallocation=full",
    })
    void every_kind_of_the_others(String format, String options) {
        requireAccepted(qemu.convert("disk.raw", format, "image", "-o", options));
    }

    @Test
    void images_with_snapshots_and_bitmaps_and_a_changed_size() {
        var tool = Tool.named("qemu-img", folder);
        requireAccepted(qemu.convert("disk.raw", "qcow2", "image"));
        for (var change : new String[] {
            "snapshot -c one image", "snapshot -c two image", "bitmap --add image bits", "resize -q image 2000k"
        }) {
            tool.run(("qemu-img " + change).split(" "));
            requireAccepted(folder.resolve("image"));
        }
    }

    /** The headers that QEMU itself reads. */
    @ParameterizedTest
    @CsvSource({
        "qcow2, ''",
        "qcow2, 'compat=0.10'",
        "qcow2, 'extended_l2=on'",
        "qcow2, 'cluster_size=512'",
        "vmdk, ''",
        "vmdk, 'subformat=streamOptimized'",
        "vhdx, 'block_size=1M'",
        "vpc, 'force_size=on'",
        "vpc, 'force_size=on,subformat=fixed'",
    })
    void an_accepted_image_with_changed_fields_is_opened_by_qemu(String format, String options) throws IOException {
        var image = options.isEmpty()
                ? qemu.convert("disk.raw", format, "image")
                : qemu.convert("disk.raw", format, "image", "-o", options);
        var whole = Files.readAllBytes(image);
        var accepted = 0;
        for (var seed = 0; seed < CHANGES; seed++) {
            var bytes = whole.clone();
            change(format).accept(bytes, new Random(seed));
            Files.write(image, bytes);
            if (Findings.of(image) instanceof Finding.Recognised(Disk found) && found.format() != Format.RAW) {
                accepted++;
                assertThat(qemu.opens(format, image))
                        .as("change of seed " + seed)
                        .isTrue();
            }
        }
        assertThat(accepted).as("changes without an effect").isPositive();
    }

    private static BiConsumer<byte[], Random> change(String format) {
        return switch (format) {
            case "qcow2" -> (bytes, random) -> field(bytes, 4, 112, random);
            case "vmdk" -> (bytes, random) -> field(bytes, 4, 80, random);
            case "vhdx" -> SameAsQemuTest::changeVhdx;
            default -> SameAsQemuTest::changeVhd;
        };
    }

    /** Sets a field of 2, 4 or 8 bytes to a number at which readers break. */
    private static void field(byte[] bytes, int from, int to, Random random) {
        var length = 2 << random.nextInt(3);
        var at = from + random.nextInt((to - from) / 4) * 4;
        for (var i = 0; i < length; i++) {
            bytes[at + i] = (byte)
                    (random.nextInt(3) == 0 ? new int[] {0, 1, 0x7F, 0x80, 0xFF}[random.nextInt(5)] : bytes[at + i]);
        }
    }

    private static void changeVhdx(byte[] bytes, Random random) {
        var metadata = 3 << 20;
        switch (random.nextInt(4)) {
            case 0 -> field(bytes, (128 << 10) + 48, (128 << 10) + 80, random);
            case 1 -> field(bytes, (192 << 10) + 8, (192 << 10) + 80, random);
            case 2 -> field(bytes, metadata + 8, metadata + 192, random);
            default -> field(bytes, metadata + (64 << 10), metadata + (64 << 10) + 44, random);
        }
        System.arraycopy(bytes, (128 << 10) + 48, bytes, (64 << 10) + 48, 32);
        System.arraycopy(bytes, 192 << 10, bytes, 256 << 10, 64 << 10);
        for (var at : new int[] {64 << 10, 128 << 10}) {
            ChecksumRepair.vhdx(bytes, at, 4 << 10);
        }
        for (var at : new int[] {192 << 10, 256 << 10}) {
            ChecksumRepair.vhdx(bytes, at, 64 << 10);
        }
    }

    /** All fields but the geometry, because QEMU takes the size from it in disks of certain programs. */
    private static void changeVhd(byte[] bytes, Random random) {
        var footer = bytes.length - 512;
        field(bytes, footer + 8, footer + 56, random);
        ChecksumRepair.vhd(bytes, footer, 512, 64);
        if (bytes[0] == 'c') {
            System.arraycopy(bytes, footer, bytes, 0, 512);
            field(bytes, 520, 552, random);
            ChecksumRepair.vhd(bytes, 512, 1024, 36);
        }
    }
}
