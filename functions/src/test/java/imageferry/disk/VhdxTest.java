package imageferry.disk;

import static imageferry.disk.Findings.disk;
import static imageferry.disk.Findings.refused;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.rule.Code;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that [MS-VHDX] forbids to load are refused, and files that it allows are not. */
class VhdxTest {
    private static final byte[] GUEST =
            RawDiskBuilder.mbr().code().partition(0x80, 0x83, 2000).bytes();
    private static final int LOG_LENGTH = 68;
    private static final int LOG_VERSION = 64;
    private static final int SEQUENCE_NUMBER = 8;

    private static VhdxBuilder vhdx() {
        return VhdxBuilder.of(GUEST, 512);
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void a_closed_vhdx_is_read_with_sectors_of_either_size(int sectorBytes) {
        assertThat(disk(Findings.of(VhdxBuilder.of(GUEST, sectorBytes).bytes())))
                .isEqualTo(new Disk(Format.VHDX, VhdxBuilder.MIB, BootMode.BIOS));
    }

    @Test
    void the_partition_table_of_a_disk_with_sectors_of_4096_bytes_is_found() {
        var guest = RawDiskBuilder.mbr()
                .partition(0, 0xEE, -1)
                .gpt(4096, RawDiskBuilder.ESP)
                .bytes();

        assertThat(disk(Findings.of(VhdxBuilder.of(guest, 4096).bytes())).bootMode())
                .isEqualTo(BootMode.UEFI);
    }

    @Test
    void a_log_with_pending_changes_is_refused_with_a_command_that_applies_them() {
        var open = vhdx().open().logged(0, VhdxBuilder.LOG_ID, 5, VhdxBuilder.SIZE);

        refused(Findings.of(open.bytes()), Code.INVALID_IMAGE_FORMAT_DAMAGED, "`qemu-img check -r all FILE`");
    }

    @Test
    void an_entry_anywhere_in_the_log_counts_even_if_it_wraps_around() {
        var last = vhdx().open().logged(VhdxBuilder.MIB - 4096, VhdxBuilder.LOG_ID, 5, VhdxBuilder.SIZE);

        refused(Findings.of(last.bytes()), Code.INVALID_IMAGE_FORMAT_DAMAGED, "its log holds changes");
    }

    @Test
    void a_file_that_is_shorter_than_when_its_log_was_written_is_cut_off() {
        var open = vhdx().open().logged(0, VhdxBuilder.LOG_ID, 5, VhdxBuilder.SIZE + 1L);

        refused(
                Findings.of(open.bytes()),
                Code.INVALID_IMAGE_FORMAT_TRUNCATED,
                "ends at byte 5,242,881, but the object has only 5,242,880 bytes");
    }

    @Test
    void leftovers_in_a_log_are_not_pending_changes() {
        var closed = vhdx().logged(0, VhdxBuilder.LOG_ID, 5, VhdxBuilder.SIZE);
        var ofAnother = vhdx().open().logged(0, VhdxBuilder.UNKNOWN_ID, 5, VhdxBuilder.SIZE);
        var torn =
                vhdx().open().logged(0, VhdxBuilder.LOG_ID, 5, VhdxBuilder.SIZE).put(VhdxBuilder.MIB + 100, 1);
        var withoutNumber = vhdx().open().logged(0, VhdxBuilder.LOG_ID, 0, VhdxBuilder.SIZE);

        for (var leftover : new VhdxBuilder[] {vhdx().open(), closed, ofAnother, torn, withoutNumber}) {
            assertThat(disk(Findings.of(leftover.bytes())).bootMode()).isEqualTo(BootMode.BIOS);
        }
    }

    @Test
    void a_log_that_is_too_long_to_be_read_is_refused_unless_the_file_was_closed() {
        var bytes = Arrays.copyOf(vhdx().open().bytes(), 20 << 20);
        var long_ = vhdx().open()
                .headers((disk, at) -> disk.put(at + LOG_LENGTH, 0, 0, 0x90, 0).putLong(at + 72, 5 << 20));
        System.arraycopy(long_.bytes(), 0, bytes, 0, VhdxBuilder.SIZE);

        refused(Findings.of(bytes), Code.INVALID_IMAGE_FORMAT_DAMAGED, "its log has 9,437,184 bytes");
    }

    @Test
    void a_log_of_another_version_or_of_a_part_of_a_mib_is_refused() {
        refused(
                Findings.of(vhdx().headers((disk, at) -> disk.put(at + LOG_VERSION, 1))
                        .bytes()),
                Code.INVALID_IMAGE_FORMAT_UNKNOWN,
                "a log of version 1");
        refused(
                Findings.of(vhdx().headers((disk, at) -> disk.put(at + LOG_LENGTH, 1))
                        .bytes()),
                Code.INVALID_IMAGE_FORMAT_DAMAGED,
                "a log of 1,048,577 bytes");
    }

    @Test
    void two_headers_of_one_number_are_allowed_when_they_are_equal() {
        var equal = vhdx().headers((disk, at) -> disk.putLong(at + SEQUENCE_NUMBER, 3));
        assertThat(disk(Findings.of(equal.bytes())).bootMode()).isEqualTo(BootMode.BIOS);

        var different = equal.put((64 << 10) + 16, 1);
        refused(Findings.of(different.bytes()), Code.INVALID_IMAGE_FORMAT_DAMAGED, "one sequence number");
    }

    @ParameterizedTest
    @CsvSource({"1, false", "0, true"})
    void an_unknown_region_is_refused_if_it_is_required(int required, boolean isAccepted) {
        var bytes = vhdx().region(VhdxBuilder.UNKNOWN_ID, VhdxBuilder.BLOCK, VhdxBuilder.MIB, required)
                .putLong(VhdxBuilder.BLOCK_TABLE, 0)
                .bytes();

        requireKnown(bytes, isAccepted, "a region that readers must know");
    }

    @ParameterizedTest
    @CsvSource({"4, false", "5, false", "0, true", "1, true"})
    void an_unknown_item_of_metadata_is_refused_if_it_is_required(int flags, boolean isAccepted) {
        requireKnown(
                vhdx().item(VhdxBuilder.UNKNOWN_ID, flags, 0, 8).bytes(),
                isAccepted,
                "an item of metadata that readers must know");
    }

    private static void requireKnown(byte[] bytes, boolean isAccepted, String words) {
        if (isAccepted) {
            assertThat(disk(Findings.of(bytes)).format()).isEqualTo(Format.VHDX);
        } else {
            refused(Findings.of(bytes), Code.INVALID_IMAGE_FORMAT_UNKNOWN, words);
        }
    }

    @Test
    void regions_that_overlap_each_other_the_log_or_a_block_are_refused() {
        for (var place : new int[] {VhdxBuilder.MIB, VhdxBuilder.METADATA, VhdxBuilder.BLOCK}) {
            refused(
                    Findings.of(vhdx().region(VhdxBuilder.UNKNOWN_ID, place, VhdxBuilder.MIB, 0)
                            .bytes()),
                    Code.INVALID_IMAGE_FORMAT_DAMAGED,
                    "overlaps another part of the file");
        }
    }

    @Test
    void a_region_of_a_partial_mib_or_named_twice_is_refused() {
        refused(
                Findings.of(vhdx().region(VhdxBuilder.UNKNOWN_ID, VhdxBuilder.BLOCK + 1, VhdxBuilder.MIB, 0)
                        .bytes()),
                Code.INVALID_IMAGE_FORMAT_DAMAGED,
                "is not a number of whole MiB");
        refused(
                Findings.of(vhdx().item("2FA54224-CD1B-4876-B211-5DBED83BF4B8", 6, 4096, 8)
                        .bytes()),
                Code.INVALID_IMAGE_FORMAT_DAMAGED,
                "name one item twice");
    }

    @Test
    void a_block_in_a_state_that_only_differencing_disks_have_is_refused() {
        refused(
                Findings.of(vhdx().putLong(VhdxBuilder.BLOCK_TABLE, VhdxBuilder.BLOCK | 7)
                        .bytes()),
                Code.INVALID_IMAGE_FORMAT_DAMAGED,
                "the state 7");
    }

    @Test
    void a_disk_with_a_partial_sector_is_refused() {
        refused(
                Findings.of(VhdxBuilder.of(GUEST, 4096)
                        .putLong(VhdxBuilder.METADATA + (64 << 10) + 32, 1_048_064)
                        .bytes()),
                Code.INVALID_IMAGE_FORMAT_DAMAGED,
                "not whole sectors of 4,096 bytes");
    }
}
