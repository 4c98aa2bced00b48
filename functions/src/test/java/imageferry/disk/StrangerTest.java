package imageferry.disk;

import static imageferry.disk.Findings.disk;
import static imageferry.disk.Findings.refused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.rule.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files uploaded by mistake are named, with advice. */
class StrangerTest {
    private static final String RAW = "set the format to raw";

    private static byte[] at(int place, String signature, int length) {
        var bytes = new byte[length];
        System.arraycopy(signature.getBytes(ISO_8859_1), 0, bytes, place, signature.length());
        return bytes;
    }

    private static Finding asRaw(byte[] bytes) {
        return Recogniser.recognise(new MemoryBytes(bytes), Format.RAW);
    }

    private static String why(Finding finding) {
        return ((Finding.Refused) finding).why();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
                    0, \\037\\213\\b, gzip -dc FILE > NEW
                    0, \\3757zXZ\\0, xz -dc FILE > NEW
                    0, (\\265/\\375, zstd -dc FILE > NEW
                    0, BZh91AY&SY, bzip2 -dc FILE > NEW
                    0, \\004"M\\030, lz4 -dc FILE > NEW
                    0, LZIP\\001, lzip -dc FILE > NEW
                    0, PK\\003\\004, unzip FILE
                    0, 7z\\274\\257'\\034, 7z x FILE
                    0, Rar!\\032\\007, unrar x FILE
                    257, ustar, tar -xf FILE
                    0, 070701, cpio -id < FILE
                    0, :\\377&\\355, simg2img FILE NEW
                    0, MSWIM\\0\\0\\0, Windows image of files
                    0, WithoutFreeSpace, -f parallels
                    0, WithouFreSpacExt, -f parallels
                    64, \\177\\020\\332\\276, -f vdi
                    0, QED\\0, -f qed
                    0, QFI\\373\\0\\0\\0\\001, qcow image of version 1
                    0, Bochs Virtual HD Image, -f bochs
                    0, EVF\\t\\r\\n\\377\\0, ewfexport
                    0, AFF10\\r\\n\\0, affcat
                    0, \\177ELF, a program (ELF)
                    514, HdrS, a Linux kernel
                    0, %PDF-1.7, a document (PDF)
                    0, \\355\\253\\356\\333, an RPM package
                    0, P*M\\030\\4\\0\\0\\0\\7\\0\\0\\0(\\265/\\375, zstd -dc FILE > NEW
                    0, _*M\\030\\0\\0\\0\\0, zstd -dc FILE > NEW
                    0, S*M\\030\\4\\0\\0\\0abcd\\4"M\\030, lz4 -dc FILE > NEW
                    0, VMA\\0\\0\\0\\0\\1, vma extract FILE NEW
                    0, vhdsfile, a VHD Set
                    4, `SignedImage `, a Windows image of a disk (FFU)
                    0, \\376\\357\\1, a Ghost image
                    0, xar!, xar -xf FILE
                    0, CISO, a compressed disc (CISO)
                    0, \\307q\\0\\0\\0\\0\\244\\201\\0\\0\\0\\0\\1\\0\\0\\0\\0\\0\\0\\0\\7\\0\\0\\0\\1\\0a.disk, cpio -id < FILE
                    2, -lh5-, an archive (LHA)
                    0, '\\5\\031V, a U-Boot image
                    0, ANDROID!, a boot image of Android
                    0, GIF89a, a picture (GIF)
                    0, \\320\\317\\021\\340\\241\\261\\032\\341, (OLE)
                    0, \\312\\376\\272\\276, a Java class
                    """)
    void a_file_of_another_kind_is_named_and_is_not_imported_as_raw_either(int place, String signature, String words) {
        var bytes = at(place, signature.translateEscapes(), 4096);
        bytes[4000] = (byte) 0x80;

        for (var finding : new Finding[] {Findings.of(bytes), asRaw(bytes)}) {
            refused(finding, Code.INVALID_IMAGE_FORMAT_UNKNOWN, words);
            assertThat(why(finding)).doesNotContain(RAW);
        }
    }

    /** Presets 0 to 9 of xz, 1.5 times a power of two, and a known size. */
    @ParameterizedTest
    @CsvSource({
        "0x40000, -1",
        "0x100000, -1",
        "0x200000, -1",
        "0x400000, -1",
        "0x800000, -1",
        "0x1000000, -1",
        "0x2000000, -1",
        "0x4000000, -1",
        "0xC00000, -1",
        "0x1000, 67108864",
        "0x800000, 4398046511104",
    })
    void lzma_of_any_preset_is_named(String dictionary, long unpacked) {
        var bytes = lzma(Long.decode(dictionary), unpacked);

        for (var finding : new Finding[] {Findings.of(bytes), asRaw(bytes)}) {
            refused(
                    finding,
                    Code.INVALID_IMAGE_FORMAT_UNKNOWN,
                    "compressed (lzma); unpack it with `xz -dc FILE > NEW`");
        }
    }

    @ParameterizedTest
    @CsvSource({"0x700000, -1", "0x800001, -1", "0x800, -1", "0, -1", "0x800000, 0", "0x800000, -2"})
    void a_bracket_with_an_impossible_header_is_not_lzma(String dictionary, long unpacked) {
        assertThat(disk(asRaw(lzma(Long.decode(dictionary), unpacked))).format())
                .isEqualTo(Format.RAW);
    }

    private static byte[] lzma(long dictionary, long unpacked) {
        var bytes = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.put((byte) 0x5D)
                .putInt((int) dictionary)
                .putLong(unpacked)
                .put(4000, (byte) 0x80)
                .array();
    }

    @Test
    void a_tar_from_before_posix_is_known_by_its_checksum() {
        var tar = at(0, "disk.img", 4096);
        System.arraycopy("0000644\0".getBytes(ISO_8859_1), 0, tar, 100, 8);
        var sum = 8 * ' ';
        for (var at = 0; at < 512; at++) {
            sum += tar[at];
        }
        System.arraycopy("%06o\0 ".formatted(sum).getBytes(ISO_8859_1), 0, tar, 148, 8);
        refused(asRaw(tar), Code.INVALID_IMAGE_FORMAT_UNKNOWN, "an archive (tar); unpack it with `tar -xf FILE`");

        tar[0]++;
        assertThat(disk(asRaw(tar)).format()).isEqualTo(Format.RAW);
    }

    @Test
    void an_arj_is_known_by_the_checksum_of_its_header() {
        var arj = ByteBuffer.wrap(at(0, "`\u00ea", 4096)).order(ByteOrder.LITTLE_ENDIAN);
        arj.putShort(2, (short) 40).put(4, new byte[] {34, 11, 1});
        var checksum = new CRC32();
        checksum.update(arj.array(), 4, 40);
        arj.putInt(44, (int) checksum.getValue());
        refused(asRaw(arj.array()), Code.INVALID_IMAGE_FORMAT_UNKNOWN, "an archive (ARJ)");

        arj.put(5, (byte) 12);
        assertThat(disk(asRaw(arj.array())).format()).isEqualTo(Format.RAW);
    }

    @Test
    void a_header_of_two_bytes_is_not_enough() {
        for (var start : new String[] {"\u00c7q", "`\u00ea", "]", "-lh5-"}) {
            assertThat(disk(asRaw(at(0, start, 4096))).format()).isEqualTo(Format.RAW);
        }
    }

    @Test
    void a_program_is_known_by_both_of_its_headers() {
        var program = at(128, "PE\0\0", 4096);
        program[0] = 'M';
        program[1] = 'Z';
        refused(Findings.of(program), Code.INVALID_IMAGE_FORMAT_UNKNOWN, "not in a format that is recognised");

        program[0x3C] = (byte) 128;
        refused(Findings.of(program), Code.INVALID_IMAGE_FORMAT_UNKNOWN, "a program for Windows or UEFI");
    }

    @Test
    void an_ova_is_known_by_the_descriptor_that_comes_first() {
        var ova = at(257, "ustar", 1024);
        System.arraycopy("golden.ovf".getBytes(ISO_8859_1), 0, ova, 0, 10);

        refused(Findings.of(ova), Code.INVALID_IMAGE_FORMAT_UNKNOWN, "an archive (OVA); unpack it with `tar -xf FILE`");
    }

    @Test
    void a_dmg_is_known_by_its_end_even_if_it_begins_as_a_disk() {
        var disk = RawDiskBuilder.mbr().code().partition(0x80, 0x83, 4096).bytes();
        var dmg = Arrays.copyOf(disk, disk.length + 512);
        System.arraycopy(at(0, "koly\0\0\0\4\0\0\2\0", 512), 0, dmg, disk.length, 512);

        refused(Findings.of(dmg), Code.INVALID_IMAGE_FORMAT_UNKNOWN, "`qemu-img convert -f dmg -O qcow2 FILE NEW`");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
                    <!DOCTYPE html><title>404</title>, a web page (HTML)
                    `  <HTML><body/></HTML>`, a web page (HTML)
                    `<!-- An error --><html lang="en"></html>`, a web page (HTML)
                    <?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>, an error message of an object store (AccessDenied)
                    <Error><Code>NoSuchKey</Code></Error>, an error message of an object store (NoSuchKey)
                    <?xml version="1.0"?><Envelope/>, an OVF descriptor
                    <?xml version="1.0"?><metalink/>, an XML document
                    {"message":"Not Found"}, a JSON document
                    `["Not Found"]`, a JSON document
                    version https://git-lfs.github.com/spec/v1, `git lfs pull`
                    """)
    void the_page_of_a_failed_download_is_named_and_is_not_imported_as_raw_either(String text, String words) {
        var bytes = (text + "\n").getBytes(ISO_8859_1);

        for (var finding : new Finding[] {Findings.of(bytes), asRaw(bytes)}) {
            refused(finding, Code.INVALID_IMAGE_FORMAT_UNKNOWN, words);
            assertThat(why(finding)).doesNotContain(RAW);
        }
    }

    @Test
    void any_other_text_is_shown_and_is_imported_only_as_raw() {
        var text = "no disk at all\nbut two lines".getBytes(ISO_8859_1);

        refused(
                Findings.of(text),
                Code.INVALID_IMAGE_FORMAT_UNKNOWN,
                "is a text file, not a disk (it begins with \"no disk at all\")");
        refused(
                Findings.of("\uFEFFwide".getBytes(UTF_16LE)),
                Code.INVALID_IMAGE_FORMAT_UNKNOWN,
                "begins with \"wide\"");
        assertThat(why(Findings.of(text))).doesNotContain(RAW);
        assertThat(disk(asRaw(text))).isEqualTo(new Disk(Format.RAW, text.length, BootMode.NONE));
    }

    @ParameterizedTest
    @CsvSource({
        "1080, S\\357, ext4, true",
        "0, XFSB, XFS, true",
        "65600, _BHRfS_M, Btrfs, true",
        "65588, ReIsErFs, ReiserFS, true",
        "65588, ReIsEr2Fs, ReiserFS, true",
        "32768, JFS1, JFS, true",
        "16404, \\000\\000\\000\\007version\\000, ZFS, true",
        "4120, \\306\\205s\\366f\\316\\220\\251, bcachefs, true",
        "512, LABELONE, LVM, true",
        "32769, BEA01, UDF, true",
        "0, hsqs, SquashFS, false",
        "1024, \\342\\341\\365\\340, EROFS, false",
        "4086, SWAPSPACE2, swap, false",
    })
    void a_file_system_without_a_partition_table_is_named_and_is_imported_only_as_raw(
            int place, String signature, String words, boolean isInvited) {
        var bytes = at(place, signature.translateEscapes(), 70_000);

        refused(Findings.of(bytes), Code.INVALID_IMAGE_FORMAT_UNKNOWN, words);
        assertThat(why(Findings.of(bytes)).contains(RAW)).isEqualTo(isInvited);
        assertThat(disk(asRaw(bytes))).isEqualTo(new Disk(Format.RAW, bytes.length, BootMode.NONE));
    }

    @Test
    void a_disk_with_a_partition_table_may_begin_with_the_letters_of_another_file() {
        var disk = RawDiskBuilder.mbr().code().partition(0x80, 0x83, 4096).bytes();
        disk[0] = 'M';
        disk[1] = 'Z';

        assertThat(disk(Findings.of(disk)).bootMode()).isEqualTo(BootMode.BIOS);
    }

    @ParameterizedTest
    @CsvSource({
        "0, LUKS\\272\\276\\000\\001, driver=luks",
        "0, LUKS\\272\\276\\000\\002, cryptsetup open FILE",
        "3, -FVE-FS-, BitLocker",
    })
    void an_encrypted_volume_is_refused_also_as_raw(int place, String signature, String words) {
        var bytes = at(place, signature.translateEscapes(), 4096);

        refused(Findings.of(bytes), Code.INVALID_IMAGE_FORMAT_ENCRYPTED, words);
        refused(asRaw(bytes), Code.INVALID_IMAGE_FORMAT_ENCRYPTED, words);
    }
}
