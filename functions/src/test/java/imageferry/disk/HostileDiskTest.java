package imageferry.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import imageferry.rule.Code;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any bytes lead to a finding, after a few bounded reads within the object. Each history is fixed by its seed, which a
 * failure names.
 */
@Tag("slow")
class HostileDiskTest {
    /** A longer campaign multiplies the number of seeds: {@code -Dimageferry.hostile.times=100}. */
    private static final int TIMES = Integer.getInteger("imageferry.hostile.times", 1);

    /** QEMU's offset of the table of blocks. */
    private static final int BLOCKS_OF_VHDX = 2 << 20;

    /** QEMU's offsets of the table of regions, the table of blocks, the table of metadata, and the metadata. */
    private static final int[] PLACES_OF_VHDX = {192 << 10, BLOCKS_OF_VHDX, 3 << 20, (3 << 20) + (64 << 10)};

    private static final List<String> SIGNATURES = List.of(
            "QFI\u00fb\0\0\0\3",
            "QFI\u00fb\0\0\0\2",
            "KDMV\1\0\0\0",
            "COWD",
            "vhdxfile",
            "conectix",
            "# Disk DescriptorFile\n");

    @TempDir
    Path folder;

    @Test
    void random_bytes_after_any_signature_lead_to_a_finding() {
        for (var seed = 0; seed < 4_000 * TIMES; seed++) {
            var random = new Random(seed);
            var bytes = new byte[1 + random.nextInt(random.nextBoolean() ? 2_000 : 400_000)];
            if (random.nextBoolean()) {
                random.nextBytes(bytes);
            }
            sprinkle(random, bytes, random.nextInt(200));
            put(bytes, 0, SIGNATURES.get(random.nextInt(SIGNATURES.size())));
            if (random.nextInt(3) == 0) {
                put(bytes, bytes.length - 512, "conectix");
                put(bytes, 510, "U\u00aa");
                put(bytes, 512, "EFI PART");
                put(bytes, 32769, "CD001");
            }

            requireAnswer("noise of seed " + seed, bytes);
        }
    }

    /** Its offset in MiB, times a MiB, exceeds a long. Found by random bytes. */
    @Test
    void a_block_of_a_vhdx_beyond_any_offset_is_refused() throws Exception {
        var qemu = QemuImg.in(folder);
        Files.write(
                folder.resolve("disk.raw"),
                RawDiskBuilder.mbr().code().partition(0x80, 0x83, 2000).bytes());
        var image = Files.readAllBytes(qemu.convert("disk.raw", "vhdx", "vhdx", "-o", "block_size=1M"));
        var table = BLOCKS_OF_VHDX;
        assertThat(image[table] & 7).as("the state of the first block").isEqualTo(6);
        image[table + 7] = (byte) 0xFF;

        Findings.refused(Findings.of(image), Code.INVALID_IMAGE_FORMAT_TRUNCATED, "is cut off");
    }

    @Test
    void drawn_disks_with_changed_bytes_lead_to_a_finding() {
        var disk = Arrays.copyOf(
                RawDiskBuilder.mbr()
                        .code()
                        .partition(0, 0xEE, 3000)
                        .gpt(512, RawDiskBuilder.ESP, RawDiskBuilder.BIOS_BOOT)
                        .bytes(),
                100_000);
        for (var seed = 0; seed < 4_000 * TIMES; seed++) {
            requireAnswer("disk of seed " + seed, changed(disk, new Random(seed), 1024));
        }
    }

    @Test
    void real_images_with_changed_bytes_lead_to_a_finding() throws Exception {
        var qemu = QemuImg.in(folder);
        Files.write(
                folder.resolve("disk.raw"),
                RawDiskBuilder.mbr().code().partition(0x80, 0x83, 2000).bytes());
        var images = Stream.of(
                        qemu.convert("disk.raw", "qcow2", "qcow2"),
                        qemu.convert("disk.raw", "qcow2", "deflated", "-c"),
                        qemu.convert("disk.raw", "vmdk", "vmdk"),
                        qemu.convert("disk.raw", "vmdk", "stream", "-o", "subformat=streamOptimized"),
                        qemu.convert("disk.raw", "vpc", "vpc"))
                .toList();
        for (var image : images) {
            var bytes = Files.readAllBytes(image);
            for (var seed = 0; seed < 600 * TIMES; seed++) {
                requireAnswer(image.getFileName() + " of seed " + seed, changed(bytes, new Random(seed), 2048));
            }
        }
    }

    /** Corrects the checksums of a changed VHDX, because they would hide every change. */
    @Test
    void a_real_vhdx_with_changed_bytes_and_right_checksums_leads_to_a_finding() throws Exception {
        var qemu = QemuImg.in(folder);
        Files.write(
                folder.resolve("disk.raw"),
                RawDiskBuilder.mbr().code().partition(0x80, 0x83, 2000).bytes());
        var image = Files.readAllBytes(qemu.convert("disk.raw", "vhdx", "vhdx", "-o", "block_size=1M"));
        for (var seed = 0; seed < 300 * TIMES; seed++) {
            var random = new Random(seed);
            var bytes = image.clone();
            for (var i = random.nextInt(4); i >= 0; i--) {
                var place = PLACES_OF_VHDX[random.nextInt(PLACES_OF_VHDX.length)];
                bytes[place + random.nextInt(256)] = edge(random);
            }
            sprinkle(random, bytes, random.nextInt(3));
            ChecksumRepair.vhdx(bytes, 192 << 10, 64 << 10);

            requireAnswer("VHDX of seed " + seed, bytes);
        }
    }

    @Test
    void drawn_images_of_every_format_with_changed_bytes_lead_to_a_finding() {
        var disc = DiscBuilder.of(2 << 20)
                .partition(0xEF, 3000, 900)
                .bootable(0, 2, 60, 4)
                .bootable(0xEF, 0, 70, 9)
                .udf(280, 300)
                .bytes();
        var vmdk = Findings.bytes(SmallBlocksTest.vmdk(8, 512));
        var qcow2 = Findings.bytes(SmallBlocksTest.qcow2(9));
        var vhd = VhdTest.dynamic(VhdTest.footer(3), 0x10000, 4, 512);
        for (var seed = 0; seed < 200 * TIMES; seed++) {
            var random = new Random(seed);
            requireAnswer("disc of seed " + seed, changed(disc, random, disc.length));
            requireAnswer("descriptors of a disc of seed " + seed, changedWithin(disc, random, 32 << 10, 44 << 10));
            requireAnswer("VMDK of seed " + seed, changed(vmdk, random, 4096));
            requireAnswer("qcow2 of seed " + seed, changed(qcow2, random, 4096));
            var changed = changedWithin(vhd, random, 512, 2048);
            ChecksumRepair.vhd(changed, 512, 1024, 36);
            requireAnswer("VHD of seed " + seed, changed);
        }
    }

    @Test
    void a_drawn_vhdx_with_a_log_changed_bytes_and_right_checksums_leads_to_a_finding() {
        var image = VhdxBuilder.of(new byte[0], 512)
                .open()
                .logged(0, VhdxBuilder.UNKNOWN_ID, 7, 0)
                .bytes();
        for (var seed = 0; seed < 100 * TIMES; seed++) {
            var random = new Random(seed);
            var bytes = changedWithin(image, random, (128 << 10) + 48, (128 << 10) + 80);
            System.arraycopy(bytes, (128 << 10) + 48, bytes, (64 << 10) + 48, 32);
            ChecksumRepair.vhdx(bytes, 64 << 10, 4 << 10);
            ChecksumRepair.vhdx(bytes, 128 << 10, 4 << 10);
            bytes = changedWithin(bytes, random, VhdxBuilder.MIB, VhdxBuilder.MIB + 128);
            ChecksumRepair.vhdx(bytes, VhdxBuilder.MIB, 8192);

            requireAnswer("VHDX of seed " + seed, bytes);
        }
    }

    /** Every sector of the longest log that is read begins an entry that claims the whole log. */
    @Test
    void a_log_made_to_take_long_does_not() {
        var image = VhdxBuilder.of(new byte[0], 512)
                .headers((disk, at) -> disk.putLong(at + 72, 5 << 20).put(at + 68, 0, 0, 0x80, 0))
                .open()
                .logged(0, VhdxBuilder.LOG_ID, 7, 0);
        var bytes = Arrays.copyOf(image.bytes(), 13 << 20);
        for (var at = 5 << 20; at < bytes.length; at += 4096) {
            System.arraycopy(bytes, VhdxBuilder.MIB, bytes, at, 128);
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at + 8, 8 << 20);
        }
        var begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();

        Findings.refused(Findings.of(bytes), Code.INVALID_IMAGE_FORMAT_DAMAGED, "the entries of its log overlap");

        var spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
        assertThat(Duration.ofNanos(spent)).isLessThan(Duration.ofSeconds(5));
    }

    /** Each record names a catalogue of its own. All but the first are ignored. */
    @Test
    void a_disc_with_many_boot_records_is_read_in_few_pieces() {
        var disc = DiscBuilder.of(4 << 20)
                .bootable(0, 0, 60, 4)
                .bootRecords(18, 14, 300)
                .bytes();
        var noVolume = DiscBuilder.of(4 << 20).bootRecords(16, 16, 300).bytes();

        requireAnswer("15 boot records and a volume", disc);
        requireAnswer("16 boot records and no volume", noVolume);
        assertThat(Findings.disk(Findings.of(disc))).isEqualTo(new Disk(Format.ISO, disc.length, BootMode.BIOS));
    }

    @Test
    void drawn_discs_with_several_boot_records_and_changed_bytes_lead_to_a_finding() {
        for (var seed = 0; seed < 200 * TIMES; seed++) {
            var random = new Random(seed);
            var first = 16 + random.nextInt(3);
            var disc = DiscBuilder.of(2 << 20)
                    .bootable(0, 0, 60, 4)
                    .bootRecords(first, random.nextInt(33 - first), 40 + random.nextInt(400))
                    .bytes();

            requireAnswer("boot records of seed " + seed, changedWithin(disc, random, 32 << 10, 64 << 10));
        }
    }

    /** Only hostile disks make a reader ask for too many pieces. */
    @Test
    void a_disk_that_needs_more_pieces_than_are_read_is_refused() {
        var view = new View(new MemoryBytes(new byte[4 << 20]));
        for (var piece = 1; piece < View.MOST_READS; piece++) {
            view.at("a piece", View.HEAD + piece, 1);
        }

        assertThatExceptionOfType(DiskRefused.class)
                .isThrownBy(() -> view.at("one piece more", View.HEAD, 1))
                .satisfies(
                        refused -> assertThat(refused.finding().code()).isEqualTo(Code.INVALID_IMAGE_FORMAT_DAMAGED));
    }

    private static byte[] changedWithin(byte[] bytes, Random random, int from, int to) {
        var other = bytes.clone();
        for (var i = random.nextInt(6); i >= 0; i--) {
            other[from + random.nextInt(to - from)] = edge(random);
        }
        return other;
    }

    private static byte[] changed(byte[] bytes, Random random, int header) {
        var other = Arrays.copyOf(bytes, random.nextInt(4) == 0 ? 1 + random.nextInt(bytes.length) : bytes.length);
        for (var i = random.nextInt(6); i >= 0; i--) {
            other[random.nextInt(Math.min(header, other.length))] = edge(random);
        }
        sprinkle(random, other, random.nextInt(8));
        return other;
    }

    private static void sprinkle(Random random, byte[] bytes, int count) {
        for (var i = 0; i < count; i++) {
            bytes[random.nextInt(bytes.length)] = edge(random);
        }
    }

    /** Most bytes that break readers are all ones, a sign, or a power of two. */
    private static byte edge(Random random) {
        return (byte) (random.nextBoolean() ? random.nextInt() : new int[] {0, 1, 0x7F, 0x80, 0xFF}[random.nextInt(5)]);
    }

    private static void put(byte[] bytes, int at, String text) {
        for (var i = 0; i < text.length() && at >= 0 && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) text.charAt(i);
        }
    }

    private static void requireAnswer(String what, byte[] bytes) {
        requireAnswer(what, bytes, null);
        requireAnswer(what + " as raw", bytes, Format.RAW);
    }

    private static void requireAnswer(String what, byte[] bytes, @Nullable Format claimed) {
        var disk = new MemoryBytes(bytes);
        try {
            assertThat(Recogniser.recognise(disk, claimed)).isNotNull();
        } catch (RuntimeException | AssertionError broken) {
            throw new AssertionError(what, broken);
        }
        assertThat(disk.reads()).as(what).isLessThanOrEqualTo(View.MOST_READS);
    }
}
