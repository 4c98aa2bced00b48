package imageferry.disk;

import static imageferry.disk.Findings.disk;
import static imageferry.disk.Findings.refused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.rule.Code;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is uploaded by mistake is named, with what to do. */
class StrangerTest {
    private static final String RAW = "say so with the format raw";

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
                    """)
    void what_is_not_a_disk_is_named_and_is_not_imported_as_raw_either(int place, String signature, String words) {
        var bytes = at(place, signature.translateEscapes(), 4096);
        bytes[4000] = (byte) 0x80;

        for (var finding : new Finding[] {Findings.of(bytes), asRaw(bytes)}) {
            refused(finding, Code.INVALID_IMAGE_FORMAT_UNKNOWN, words);
            assertThat(why(finding)).doesNotContain(RAW);
        }
    }

    @Test
    void a_program_is_known_by_both_of_its_headers() {
        var program = at(128, "PE\0\0", 4096);
        program[0] = 'M';
        program[1] = 'Z';
        refused(Findings.of(program), Code.INVALID_IMAGE_FORMAT_UNKNOWN, "no disk that is recognised");

        program[0x3C] = (byte) 128;
        refused(Findings.of(program), Code.INVALID_IMAGE_FORMAT_UNKNOWN, "a program for Windows or UEFI");
    }

    @Test
    void an_ova_is_told_from_other_archives_as_its_descriptor_comes_first() {
        var ova = at(257, "ustar", 1024);
        System.arraycopy("golden.ovf".getBytes(ISO_8859_1), 0, ova, 0, 10);

        refused(Findings.of(ova), Code.INVALID_IMAGE_FORMAT_UNKNOWN, "an archive (OVA); unpack it with `tar -xf FILE`");
    }

    @Test
    void a_dmg_is_known_by_its_end_also_where_it_begins_as_a_disk() {
        var disk = Drawn.mbr().code().partition(0x80, 0x83, 4096).bytes();
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
    void the_page_that_a_failed_download_left_is_named_and_is_not_imported_as_raw_either(String text, String words) {
        var bytes = (text + "\n").getBytes(ISO_8859_1);

        for (var finding : new Finding[] {Findings.of(bytes), asRaw(bytes)}) {
            refused(finding, Code.INVALID_IMAGE_FORMAT_UNKNOWN, words);
            assertThat(why(finding)).doesNotContain(RAW);
        }
    }

    @Test
    void any_other_text_is_shown_and_is_imported_on_the_callers_word_alone() {
        var text = "no disk at all\nbut two lines".getBytes(ISO_8859_1);

        refused(
                Findings.of(text),
                Code.INVALID_IMAGE_FORMAT_UNKNOWN,
                "is a text, not a disk (it begins with \"no disk at all\")");
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
        "512, LABELONE, LVM, true",
        "32769, BEA01, UDF, true",
        "0, hsqs, SquashFS, false",
        "1024, \\342\\341\\365\\340, EROFS, false",
        "4086, SWAPSPACE2, swap, false",
    })
    void a_file_system_without_a_partition_table_is_named_and_is_imported_on_the_callers_word(
            int place, String signature, String words, boolean isInvited) {
        var bytes = at(place, signature.translateEscapes(), 70_000);

        refused(Findings.of(bytes), Code.INVALID_IMAGE_FORMAT_UNKNOWN, words);
        assertThat(why(Findings.of(bytes)).contains(RAW)).isEqualTo(isInvited);
        assertThat(disk(asRaw(bytes))).isEqualTo(new Disk(Format.RAW, bytes.length, BootMode.NONE));
    }

    @Test
    void a_disk_with_a_partition_table_may_begin_with_the_letters_of_another_file() {
        var disk = Drawn.mbr().code().partition(0x80, 0x83, 4096).bytes();
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
