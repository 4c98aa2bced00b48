package imageferry.disk;

import static imageferry.disk.Findings.disk;
import static imageferry.disk.Findings.refused;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.rule.Code;
import imageferry.rule.Count;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A disc is complete when all that its tables name is there, in its volume and behind it. */
class DiscTest {
    private static final int VOLUME = DiscBuilder.VOLUME;
    private static final int WHOLE = VOLUME + (1 << 20);
    private static final int BEHIND = VOLUME / 512;
    private static final int EFI = 0xEF;

    private static Finding cut(DiscBuilder disc, int length) {
        return Findings.of(Arrays.copyOf(disc.bytes(), length));
    }

    private static void requireNeeded(DiscBuilder disc, String words) {
        assertThat(disk(Findings.of(disc.bytes())).format()).isEqualTo(Format.ISO);
        refused(cut(disc, WHOLE - 1), Code.INVALID_IMAGE_FORMAT_TRUNCATED, words);
        refused(cut(disc, VOLUME), Code.INVALID_IMAGE_FORMAT_TRUNCATED, words);
    }

    @Test
    void a_partition_that_is_appended_to_the_volume_is_part_of_the_disc() {
        requireNeeded(DiscBuilder.of(WHOLE).partition(0xEF, BEHIND, 2048), "a partition of its MBR");
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 2048})
    void a_partition_of_an_apple_partition_map_is_part_of_the_disc(int blockBytes) {
        requireNeeded(
                DiscBuilder.of(WHOLE)
                        .apple(blockBytes, "Apple_partition_map", 1, 2)
                        .apple(blockBytes, "Data", VOLUME / blockBytes, (1 << 20) / blockBytes),
                "a partition of its Apple partition map");
    }

    @Test
    void the_copy_of_a_gpt_is_part_of_the_disc() {
        var stick = RawDiskBuilder.mbr()
                .partition(0, 0xEE, -1)
                .gpt(512, RawDiskBuilder.ESP)
                .bytes();
        var disc = DiscBuilder.of(RawDiskBuilder.SIZE).head(stick);

        assertThat(disk(Findings.of(disc.bytes())).format()).isEqualTo(Format.ISO);
        refused(cut(disc, RawDiskBuilder.SIZE - 512), Code.INVALID_IMAGE_FORMAT_TRUNCATED, "the partition table (GPT)");
    }

    @Test
    void a_boot_image_of_the_catalogue_is_part_of_the_disc() {
        var disc = DiscBuilder.of(WHOLE).bootable(0, 0, 60, 4).bootable(EFI, 0, VOLUME / 2048, 2048);

        assertThat(disk(Findings.of(disc.bytes())).bootMode()).isEqualTo(BootMode.BOTH);
        requireNeeded(disc, "a boot image of its catalogue");
    }

    @ParameterizedTest
    @CsvSource({"1, 1228800", "2, 1474560", "3, 2949120"})
    void a_floppy_disk_image_is_needed_as_a_whole(int medium, int bytes) {
        var disc = DiscBuilder.of(VOLUME + bytes).bootable(0, medium, VOLUME / 2048, 1);

        assertThat(disk(Findings.of(disc.bytes())).bootMode()).isEqualTo(BootMode.BIOS);
        refused(cut(disc, VOLUME + bytes - 1), Code.INVALID_IMAGE_FORMAT_TRUNCATED, "a boot image");
    }

    @Test
    void the_partition_of_a_larger_udf_volume_is_part_of_the_disc() {
        requireNeeded(DiscBuilder.of(WHOLE).udf(280, WHOLE / 2048 - 280), "the partition of its UDF volume");
    }

    @Test
    void a_partition_of_the_volume_itself_may_be_rounded_up_to_whole_cylinders() {
        var rounded = DiscBuilder.of(VOLUME).partition(0x17, 0, BEHIND + 16_064).bytes();
        assertThat(disk(Findings.of(rounded)).format()).isEqualTo(Format.ISO);

        refused(
                Findings.of(DiscBuilder.of(VOLUME)
                        .partition(0x17, 0, BEHIND + 16_066)
                        .bytes()),
                Code.INVALID_IMAGE_FORMAT_TRUNCATED,
                "a partition of its MBR");
    }

    @Test
    void a_protective_partition_and_the_free_space_of_an_apple_map_need_no_bytes() {
        var disc = DiscBuilder.of(VOLUME)
                .partition(0xEE, 1, -1)
                .apple(2048, "Apple_partition_map", 1, 2)
                .apple(2048, "Apple_Free", VOLUME / 2048, 9999)
                .bytes();

        assertThat(disk(Findings.of(disc)).format()).isEqualTo(Format.ISO);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256, 600, 4096})
    void a_volume_with_blocks_that_no_disc_has_is_damaged(int blockBytes) {
        refused(
                Findings.of(DiscBuilder.of(VOLUME)
                        .putShort(16 * 2048 + 128, blockBytes)
                        .bytes()),
                Code.INVALID_IMAGE_FORMAT_DAMAGED,
                "blocks of " + Count.of(blockBytes, "byte"));
    }
}
