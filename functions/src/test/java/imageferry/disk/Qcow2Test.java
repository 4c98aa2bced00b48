package imageferry.disk;

import static imageferry.disk.Findings.disk;
import static imageferry.disk.Findings.refused;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.rule.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The qcow2 specification's conditions on a header and on the tables, and files that QEMU does not open. */
class Qcow2Test {
    private static final int CLUSTER = 4096;

    /** An image of 1 MiB in version 3 without data: header, table of references, their block, first table. */
    private static ByteBuffer qcow2() {
        var file = ByteBuffer.allocate(5 * CLUSTER).order(ByteOrder.BIG_ENDIAN);
        file.put(0, new byte[] {'Q', 'F', 'I', (byte) 0xFB})
                .putInt(4, 3)
                .putInt(20, 12)
                .putLong(24, 1 << 20);
        file.putInt(36, 1).putLong(40, 3 * CLUSTER).putLong(48, CLUSTER).putInt(56, 1);
        file.putInt(96, 4).putInt(100, 104);
        return file.putLong(CLUSTER, 2 * CLUSTER).putLong(2 * CLUSTER, 0x0001_0001_0001_0001L);
    }

    private static void requireRefused(ByteBuffer file, Code code, String words) {
        refused(Findings.of(file), code, words);
    }

    private static void requireDamaged(ByteBuffer file, String words) {
        requireRefused(file, Code.INVALID_IMAGE_FORMAT_DAMAGED, words);
    }

    @Test
    void a_valid_qcow2_is_read() {
        assertThat(disk(Findings.of(qcow2()))).isEqualTo(new Disk(Format.QCOW2, 1 << 20, BootMode.NONE));
    }

    @ParameterizedTest
    @CsvSource({
        "20, 8, cluster size 2^8",
        "20, 22, cluster size 2^22",
        "96, 7, reference size 2^7",
        "100, 96, its header has 96 bytes",
        "100, 109, its header has 109 bytes",
        "100, 4104, 'its header has 4,104 bytes'",
        "36, 0, its first table has 0 entries",
        "60, 65537, 'it has 65,537 snapshots'",
    })
    void fields_out_of_their_range_are_refused(int at, int value, String words) {
        requireDamaged(qcow2().putInt(at, value), words);
    }

    @ParameterizedTest
    @CsvSource({"40, its first table", "48, its table of references", "64, its table of snapshots"})
    void tables_begin_with_a_cluster(int at, String words) {
        requireDamaged(qcow2().putLong(at, CLUSTER + 512), words + " is at byte 4,608");
    }

    @Test
    void a_second_table_begins_with_a_cluster_within_the_file() {
        requireDamaged(qcow2().putLong(3 * CLUSTER, CLUSTER + 512), "a second table is at byte 4,608");
        requireRefused(
                qcow2().putLong(3 * CLUSTER, 9 * CLUSTER),
                Code.INVALID_IMAGE_FORMAT_TRUNCATED,
                "a second table ends at byte");
    }

    @ParameterizedTest
    @CsvSource({"5, bits 0x20", "32, bits 0x100000000", "63, bits 0x8000000000000000"})
    void an_unknown_incompatible_feature_is_refused(int bit, String words) {
        requireRefused(qcow2().putLong(72, 1L << bit), Code.INVALID_IMAGE_FORMAT_UNKNOWN, words);
    }

    @Test
    void unknown_compatible_features_are_accepted() {
        assertThat(disk(Findings.of(qcow2().putLong(80, -1).putLong(88, -1))).format())
                .isEqualTo(Format.QCOW2);
    }

    @Test
    void a_compression_type_needs_its_feature_and_must_be_known() {
        var header = qcow2().putInt(100, 112);

        assertThat(disk(Findings.of(header.putLong(72, 8).put(104, (byte) 1))).format())
                .as("zstd")
                .isEqualTo(Format.QCOW2);
        requireRefused(header.put(104, (byte) 2), Code.INVALID_IMAGE_FORMAT_UNKNOWN, "compression type 2");
        requireRefused(header.put(104, (byte) 0), Code.INVALID_IMAGE_FORMAT_UNKNOWN, "compression type 0");
        requireRefused(
                header.putLong(72, 0).put(104, (byte) 1), Code.INVALID_IMAGE_FORMAT_UNKNOWN, "compression type 1");
    }

    @Test
    void extended_tables_need_clusters_of_16_kib() {
        requireDamaged(qcow2().putLong(72, 16), "too small for extended tables");
    }

    @Test
    void an_extension_of_the_header_fits_in_the_first_cluster() {
        assertThat(disk(Findings.of(qcow2().putInt(104, 0x6803f857).putInt(108, 48)))
                        .format())
                .isEqualTo(Format.QCOW2);
        requireDamaged(qcow2().putInt(104, 0x6803f857).putInt(108, 4000), "an extension of its header has 4,000 bytes");
    }

    @Test
    void a_table_of_snapshots_that_ends_after_the_file_is_cut_off() {
        requireRefused(
                qcow2().putInt(60, 103).putLong(64, 4 * CLUSTER),
                Code.INVALID_IMAGE_FORMAT_TRUNCATED,
                "its table of snapshots");
        requireDamaged(
                qcow2().putInt(60, 1).putLong(64, 4 * CLUSTER).putInt(4 * CLUSTER + 36, 1025),
                "1,025 bytes of extra data");
    }

    @Test
    void a_snapshot_whose_name_ends_after_the_file_is_cut_off() {
        var file = ByteBuffer.allocate(4 * CLUSTER + 50).put(0, qcow2().array(), 0, 4 * CLUSTER);
        file.putInt(60, 1).putLong(64, 4 * CLUSTER);

        assertThat(disk(Findings.of(file.putShort(4 * CLUSTER + 14, (short) 10)))
                        .format())
                .isEqualTo(Format.QCOW2);
        requireRefused(
                file.putShort(4 * CLUSTER + 14, (short) 11),
                Code.INVALID_IMAGE_FORMAT_TRUNCATED,
                "its table of snapshots ends at byte 16,435");
    }

    /** The last one begins 8 bytes before the end of the 2 MiB of a table that are read. */
    @Test
    void a_table_of_snapshots_longer_than_2_mib_is_read_up_to_there() {
        var name = 32_768 - 40;
        var file = ByteBuffer.allocate(4 * CLUSTER + (3 << 20)).put(0, qcow2().array());
        file.putInt(60, 70).putLong(64, 4 * CLUSTER);
        for (var at = 0; at < 63 * 32_768; at += 32_768) {
            file.putShort(4 * CLUSTER + at + 14, (short) name);
        }
        file.putShort(4 * CLUSTER + 63 * 32_768 + 14, (short) (name - 8));

        assertThat(disk(Findings.of(file)).format()).isEqualTo(Format.QCOW2);
    }

    @Test
    void counts_of_references_may_be_missing_in_an_image_that_is_marked_as_in_use() {
        var empty = qcow2().putLong(CLUSTER, 0);

        requireDamaged(empty, "`qemu-img check -r all FILE`");
        assertThat(disk(Findings.of(empty.putLong(72, 1))).format()).isEqualTo(Format.QCOW2);
    }

    @Test
    void a_complete_image_that_counts_a_cluster_beyond_its_end_can_be_converted() {
        requireRefused(
                qcow2().putShort(2 * CLUSTER + 20, (short) 1),
                Code.INVALID_IMAGE_FORMAT_TRUNCATED,
                "upload the whole file again; but if `qemu-img check FILE` finds no error, QEMU only reserved that"
                        + " cluster: convert it with `qemu-img convert -O qcow2 FILE NEW`, and upload NEW");
    }
}
