package imageferry.disk;

import static imageferry.disk.Findings.disk;
import static imageferry.disk.Findings.refused;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.rule.Code;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The VHD specification's conditions on a footer and on the blocks. */
class VhdTest {
    private static final int SIZE = RawDiskBuilder.SIZE;
    private static final byte[] GUEST =
            RawDiskBuilder.mbr().code().partition(0x80, 0x83, 4096).bytes();
    private static final int VERSION = 0x10000;

    private static byte[] footer(int type, int version, String creator, int creatorVersion) {
        var footer = ByteBuffer.allocate(512);
        footer.put(0, "conectix".getBytes(US_ASCII)).putInt(12, version).putLong(16, 512);
        footer.put(28, creator.getBytes(US_ASCII)).putInt(32, creatorVersion);
        footer.putLong(48, SIZE).putInt(60, type);
        return sealed(footer, 64);
    }

    static byte[] footer(int type) {
        return footer(type, VERSION, "win ", 0xA0000);
    }

    private static byte[] sealed(ByteBuffer piece, int at) {
        var bytes = Findings.bytes(piece);
        ChecksumRepair.vhd(bytes, 0, bytes.length, at);
        return bytes;
    }

    /** Followed by a footer that is cut to this number of bytes. */
    private static byte[] fixed(byte[] footer, int length) {
        var file = Arrays.copyOf(GUEST, SIZE + length);
        System.arraycopy(footer, 0, file, SIZE, Math.min(length, 512));
        return file;
    }

    /** One block of 4 MiB after one sector of bits for its sectors, which take two sectors in reality. */
    static byte[] dynamic(byte[] footer, int headerVersion, int firstSector, int footerLength) {
        var file = ByteBuffer.allocate(2048 + 1024 + SIZE + footerLength);
        var header = ByteBuffer.allocate(1024).put(0, "cxsparse".getBytes(US_ASCII));
        header.putLong(16, 1536).putInt(24, headerVersion).putInt(28, 1).putInt(32, SIZE);
        file.put(0, footer).put(512, sealed(header, 36)).putInt(1536, firstSector);
        file.put(2048 + 1024, GUEST).put(2048 + 1024 + SIZE, footer, 0, footerLength);
        return file.array();
    }

    @ParameterizedTest
    @CsvSource({"512", "511"})
    void a_fixed_disk_ends_with_a_footer_of_512_or_511_bytes(int length) {
        assertThat(disk(Findings.of(fixed(footer(2), length)))).isEqualTo(new Disk(Format.VHD, SIZE, BootMode.BIOS));
    }

    @Test
    void a_dynamic_disk_of_an_older_version_may_have_a_footer_of_511_bytes() {
        var old = footer(3, VERSION, "vpc ", 0x40000);

        assertThat(disk(Findings.of(dynamic(old, VERSION, 4, 511))))
                .isEqualTo(new Disk(Format.VHD, SIZE, BootMode.BIOS));
        refused(
                Findings.of(dynamic(footer(3), VERSION, 4, 511)),
                Code.INVALID_IMAGE_FORMAT_TRUNCATED,
                "the footer that ends a VHD is missing");
    }

    @Test
    void bytes_after_the_footer_are_refused_with_the_command_that_removes_them() {
        var words = "bytes follow the footer that ends a VHD; remove them with `truncate -s ";

        refused(Findings.of(fixed(footer(2), 1024)), Code.INVALID_IMAGE_FORMAT_DAMAGED, words + (SIZE + 512));
        refused(
                Findings.of(Arrays.copyOf(dynamic(footer(3), VERSION, 4, 512), 2048 + 1024 + SIZE + 600)),
                Code.INVALID_IMAGE_FORMAT_DAMAGED,
                words + (2048 + 1024 + SIZE + 512));
    }

    @Test
    void a_footer_inside_a_file_of_the_disk_is_not_the_disks_footer() {
        var disk = Arrays.copyOf(GUEST, SIZE);
        System.arraycopy(footer(2), 0, disk, SIZE - 4096, 512);

        assertThat(disk(Findings.of(disk)).format()).isEqualTo(Format.RAW);
    }

    @Test
    void another_version_is_refused() {
        refused(
                Findings.of(fixed(footer(2, 0x20000, "win ", 0), 512)),
                Code.INVALID_IMAGE_FORMAT_UNKNOWN,
                "a VHD of version 2");
        refused(
                Findings.of(dynamic(footer(3), 0x20000, 4, 512)),
                Code.INVALID_IMAGE_FORMAT_UNKNOWN,
                "header has version 2");
    }

    @Test
    void a_block_beyond_the_end_is_missing() {
        refused(
                Findings.of(dynamic(footer(3), VERSION, 6, 512)),
                Code.INVALID_IMAGE_FORMAT_TRUNCATED,
                "its last block ends at byte");
    }

    @Test
    void a_differencing_disk_gets_no_advice_to_use_a_tool_that_cannot_convert_it() {
        refused(Findings.of(fixed(footer(4), 512)), Code.INVALID_IMAGE_FORMAT_BACKING_FILE, "Hyper-V's Convert-VHD");
    }
}
