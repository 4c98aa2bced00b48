package imageferry.disk;

import static imageferry.disk.Findings.disk;
import static imageferry.disk.Findings.refused;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.rule.Code;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A raw disk is recognised by its partition table, which also shows its boot mode. */
class RawDiskTest {
    @Test
    void a_disk_with_an_mbr_is_raw_and_as_large_as_its_file() {
        var found = disk(of(RawDiskBuilder.mbr().code().partition(0x80, 0x83, 4096)));

        assertThat(found).isEqualTo(new Disk(Format.RAW, RawDiskBuilder.SIZE, BootMode.BIOS));
    }

    @Test
    void code_without_an_active_partition_may_lead_anywhere() {
        assertThat(mode(RawDiskBuilder.mbr().code().partition(0, 0x83, 4096))).isNull();
        assertThat(mode(RawDiskBuilder.mbr().code())).isNull();
    }

    @Test
    void without_code_a_bios_boots_nothing() {
        assertThat(mode(RawDiskBuilder.mbr().partition(0x80, 0x83, 4096))).isEqualTo(BootMode.NONE);
    }

    @Test
    void an_efi_system_partition_boots_uefi_in_either_table() {
        assertThat(mode(RawDiskBuilder.mbr().partition(0, 0xEF, 4096))).isEqualTo(BootMode.UEFI);
        assertThat(mode(RawDiskBuilder.mbr()
                        .partition(0, 0xEE, RawDiskBuilder.SECTORS - 64)
                        .gpt(512, RawDiskBuilder.LINUX, RawDiskBuilder.ESP)))
                .isEqualTo(BootMode.UEFI);
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 2048, 4096})
    void a_gpt_with_both_boot_partitions_boots_both(int sectorBytes) {
        var disk = RawDiskBuilder.mbr()
                .code()
                .partition(0, 0xEE, RawDiskBuilder.SECTORS - 64)
                .gpt(sectorBytes, RawDiskBuilder.BIOS_BOOT, RawDiskBuilder.ESP, RawDiskBuilder.LINUX);

        assertThat(mode(disk)).isEqualTo(BootMode.BOTH);
    }

    @Test
    void a_hybrid_mbr_counts_in_addition_to_the_gpt() {
        var disk = RawDiskBuilder.mbr()
                .code()
                .partition(0x80, 0x83, 1024)
                .partition(0, 0xEE, RawDiskBuilder.SECTORS - 64)
                .gpt(512, RawDiskBuilder.LINUX);

        assertThat(mode(disk)).isEqualTo(BootMode.BIOS);
    }

    @Test
    void a_gpt_with_only_data_boots_nothing_and_needs_no_mbr() {
        assertThat(mode(RawDiskBuilder.mbr()
                        .partition(0, 0xEE, RawDiskBuilder.SECTORS - 64)
                        .gpt(512, RawDiskBuilder.LINUX)))
                .isEqualTo(BootMode.NONE);
        assertThat(mode(RawDiskBuilder.blank().gpt(512, RawDiskBuilder.ESP))).isEqualTo(BootMode.UEFI);
    }

    @Test
    void a_disk_that_ends_before_its_last_partition_is_cut_off() {
        var whole = RawDiskBuilder.mbr()
                .code()
                .partition(0x80, 0x83, RawDiskBuilder.SECTORS - 64)
                .bytes();

        assertThat(disk(Findings.of(whole)).virtualSizeBytes()).isEqualTo(RawDiskBuilder.SIZE);
        refused(
                Findings.of(Arrays.copyOf(whole, RawDiskBuilder.SIZE - 1)),
                Code.INVALID_IMAGE_FORMAT_TRUNCATED,
                "its last partition ends at byte 4,194,304, but the object has only 4,194,303 bytes");
    }

    @Test
    void a_disk_that_ends_before_the_copy_of_its_gpt_is_cut_off() {
        var whole = RawDiskBuilder.mbr()
                .partition(0, 0xEE, RawDiskBuilder.SECTORS - 64)
                .gpt(512, RawDiskBuilder.ESP)
                .bytes();

        refused(
                Findings.of(Arrays.copyOf(whole, RawDiskBuilder.SIZE - 512)),
                Code.INVALID_IMAGE_FORMAT_TRUNCATED,
                "(GPT)");
        refused(Findings.of(Arrays.copyOf(whole, 70_000)), Code.INVALID_IMAGE_FORMAT_TRUNCATED, "(GPT)");
    }

    @ParameterizedTest
    @ValueSource(longs = {RawDiskBuilder.SECTORS, 1L << 40, -1})
    void a_partition_of_a_gpt_beyond_the_end_is_cut_off(long last) {
        var disk = RawDiskBuilder.mbr()
                .partition(0, 0xEE, RawDiskBuilder.SECTORS - 64)
                .gpt(512, RawDiskBuilder.ESP);
        assertThat(mode(disk.gptEnd(512, RawDiskBuilder.SECTORS - 34))).isEqualTo(BootMode.UEFI);

        refused(of(disk.gptEnd(512, last)), Code.INVALID_IMAGE_FORMAT_TRUNCATED, "(GPT)");
    }

    @Test
    void a_protective_mbr_of_a_large_disk_has_no_certain_end() {
        var disk = RawDiskBuilder.mbr().partition(0, 0xEE, -1).gpt(512, RawDiskBuilder.ESP);

        assertThat(mode(disk)).isEqualTo(BootMode.UEFI);
    }

    @Test
    void a_disk_whose_gpt_was_zeroed_is_known_by_the_copy_and_damaged_without_it() {
        var withCopy = RawDiskBuilder.mbr()
                .partition(0, 0xEE, RawDiskBuilder.SECTORS - 64)
                .gpt(512, RawDiskBuilder.ESP)
                .zeroed(512, 512);
        assertThat(disk(of(withCopy))).isEqualTo(new Disk(Format.RAW, RawDiskBuilder.SIZE, null));

        refused(
                of(withCopy.zeroed(RawDiskBuilder.SIZE - 512, 512)),
                Code.INVALID_IMAGE_FORMAT_DAMAGED,
                "neither that table");
    }

    @Test
    void a_gpt_whose_entries_or_offset_contradict_its_header_does_not_count() {
        var entries = RawDiskBuilder.mbr()
                .partition(0, 0xEE, RawDiskBuilder.SECTORS - 64)
                .gpt(512, RawDiskBuilder.ESP)
                .bytes();
        entries[1024 + 16] ^= 1;
        assertThat(disk(Findings.of(entries)).bootMode())
                .as("known by the copy")
                .isNull();

        entries[RawDiskBuilder.SIZE - 33 * 512 + 16] ^= 1;
        refused(Findings.of(entries), Code.INVALID_IMAGE_FORMAT_DAMAGED, "neither that table");

        var moved = RawDiskBuilder.mbr()
                .partition(0, 0xEE, RawDiskBuilder.SECTORS - 64)
                .gpt(512, RawDiskBuilder.ESP)
                .bytes();
        System.arraycopy(moved, RawDiskBuilder.SIZE - 512, moved, 512, 512);
        assertThat(disk(Findings.of(moved)).bootMode())
                .as("a copy at the offset of the first one")
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 2048, 4096})
    void the_copy_of_a_gpt_is_found_for_each_size_of_sectors(int sectorBytes) {
        var disk = RawDiskBuilder.mbr()
                .partition(0, 0xEE, RawDiskBuilder.SECTORS - 64)
                .gpt(sectorBytes, RawDiskBuilder.ESP)
                .zeroed(sectorBytes, sectorBytes);
        assertThat(disk(of(disk)).format()).isEqualTo(Format.RAW);

        refused(
                of(disk.zeroed(RawDiskBuilder.SIZE - sectorBytes, 512)),
                Code.INVALID_IMAGE_FORMAT_DAMAGED,
                "neither that table");
    }

    @Test
    void the_text_of_a_boot_sector_without_partitions_is_not_a_table() {
        var sector = RawDiskBuilder.mbr().code().bytes();
        Arrays.fill(sector, 446, 510, (byte) 'x');

        assertThat(disk(Findings.of(sector))).isEqualTo(new Disk(Format.RAW, RawDiskBuilder.SIZE, null));
    }

    @Test
    void bytes_without_any_signature_are_raw_only_if_the_caller_says_so() {
        var bytes = new byte[1000];

        refused(Findings.of(bytes), Code.INVALID_IMAGE_FORMAT_UNKNOWN, "set the format to raw");
        assertThat(Recogniser.recognise(new MemoryBytes(bytes), Format.RAW))
                .isEqualTo(new Finding.Recognised(new Disk(Format.RAW, 1000, BootMode.NONE)));
    }

    @Test
    void the_callers_format_does_not_hide_that_a_disk_is_cut_off() {
        var cut = Arrays.copyOf(
                RawDiskBuilder.mbr()
                        .partition(0, 0x83, RawDiskBuilder.SECTORS - 64)
                        .bytes(),
                RawDiskBuilder.SIZE / 2);

        refused(
                Recogniser.recognise(new MemoryBytes(cut), Format.RAW),
                Code.INVALID_IMAGE_FORMAT_TRUNCATED,
                "its last partition");
    }

    @Test
    void an_empty_object_is_not_a_disk() {
        refused(Findings.of(new byte[0]), Code.INVALID_IMAGE_FORMAT_EMPTY, "is empty");
        refused(
                Recogniser.recognise(new MemoryBytes(new byte[0]), Format.RAW),
                Code.INVALID_IMAGE_FORMAT_EMPTY,
                "is empty");
    }

    private static Finding of(RawDiskBuilder drawn) {
        return Findings.of(drawn.bytes());
    }

    private static BootMode mode(RawDiskBuilder drawn) {
        return disk(of(drawn)).bootMode();
    }
}
