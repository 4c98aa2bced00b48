package imageferry.disk;

import static imageferry.disk.Findings.disk;
import static imageferry.disk.Findings.refused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.rule.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptors of other writers, streams with bytes after their footer, and contradicting fields. */
class VmdkTest {
    private static final String TEXT =
            "# Disk DescriptorFile\nversion=1\nparentCID=ffffffff\ncreateType=\"%s\"\nRW 8 %s \"a.vmdk\"\n";

    /** An image of 4 KiB without data, with this descriptor. */
    private static ByteBuffer vmdk(String descriptor) {
        var file = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
        file.put(0, "KDMV".getBytes(UTF_8))
                .putInt(4, 1)
                .putInt(8, 1)
                .putLong(12, 8)
                .putLong(20, 8);
        file.putLong(28, 1).putLong(36, 2).putInt(44, 512).putLong(56, 4);
        file.put(73, "\n \r\n".getBytes(UTF_8)).put(512, descriptor.getBytes(UTF_8));
        return file;
    }

    private static ByteBuffer sparse() {
        return vmdk(TEXT.formatted("monolithicSparse", "SPARSE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "\uFEFF%s"})
    void a_descriptor_in_the_file_may_have_other_line_ends_and_a_byte_order_mark(String form) {
        var descriptor =
                form.formatted(TEXT.formatted("monolithicSparse", "SPARSE").replace("\n", "\r\n"));

        assertThat(disk(Findings.of(vmdk(descriptor)))).isEqualTo(new Disk(Format.VMDK, 4096, BootMode.NONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# Disk DescriptorFile\n%s",
                "# Disk DescriptorFile\r\n%s",
                "\n#disk descriptorfile\n%s",
                "# written by somebody else\n\nversion=1\n%s",
                "version = 3\r\n%s",
            })
    void a_descriptor_alone_is_a_piece_of_a_disk_with_any_beginning(String form) {
        var text = form.formatted("createType=\"monolithicFlat\"\nRW 8 FLAT \"a-flat.vmdk\" 0\n");

        refused(
                Findings.of(text.getBytes(UTF_8)),
                Code.INVALID_IMAGE_FORMAT_SPLIT,
                "the descriptor of a VMDK (monolithicFlat) whose data are in 1 other file");
    }

    /** Lines end only at VMware's line ends. In a regular expression a dot does not match these characters. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0085", "\u2028", "\u2029"})
    void a_descriptor_may_have_a_line_separator_of_unicode_in_the_name_of_a_file(String separator) {
        var text = "# Disk DescriptorFile\nRW 8 FLAT \"a" + separator + "b.vmdk\" 0\n";

        refused(
                Findings.of(text.getBytes(UTF_8)),
                Code.INVALID_IMAGE_FORMAT_SPLIT,
                "the descriptor of a VMDK whose data are in 1 other file");
    }

    @Test
    void a_byte_order_mark_that_other_tools_cannot_read_must_be_removed() {
        var text = "\uFEFF" + TEXT.formatted("twoGbMaxExtentFlat", "FLAT");

        for (var charset : new Charset[] {UTF_8, UTF_16LE}) {
            refused(Findings.of(text.getBytes(charset)), Code.INVALID_IMAGE_FORMAT_SPLIT, "without a byte order mark");
        }
    }

    @ParameterizedTest
    @CsvSource({"COWD", "'\\276\\272\\376\\312\\0\\0\\0\\0'"})
    void an_extent_of_esx_is_a_piece_of_a_disk(String magic) {
        var bytes = new byte[4096];
        System.arraycopy(
                magic.translateEscapes().getBytes(ISO_8859_1),
                0,
                bytes,
                0,
                magic.translateEscapes().length());

        refused(Findings.of(bytes), Code.INVALID_IMAGE_FORMAT_SPLIT, "one extent of a VMDK");
    }

    /** A stream whose header names the footer, which is the header again, between two markers. */
    private static byte[] stream(int behind) {
        var file = sparse();
        var end = ByteBuffer.allocate(8192 + 3 * 512 + behind).order(ByteOrder.LITTLE_ENDIAN);
        end.put(0, Findings.bytes(file))
                .putLong(8192, 1)
                .putInt(8192 + 12, 3)
                .put(8192 + 512, Findings.bytes(file), 0, 512);
        return Findings.bytes(end.putLong(56, -1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 512, 10_240, 50_000})
    void bytes_after_the_footer_of_a_stream_are_refused_by_name(int behind) {
        assertThat(disk(Findings.of(stream(0))).format()).isEqualTo(Format.VMDK);

        refused(
                Findings.of(stream(behind)),
                Code.INVALID_IMAGE_FORMAT_DAMAGED,
                "bytes follow the footer that ends a stream-optimised VMDK; remove them with `truncate -s 9728 FILE`");
    }

    @Test
    void a_stream_without_its_footer_is_cut_off() {
        refused(
                Findings.of(Arrays.copyOf(stream(0), 9727)),
                Code.INVALID_IMAGE_FORMAT_TRUNCATED,
                "its footer is missing");
    }

    @Test
    void tables_and_their_copy_must_exist() {
        refused(
                Findings.of(sparse().putLong(64, 17)),
                Code.INVALID_IMAGE_FORMAT_TRUNCATED,
                "the part before its first grain ends at byte 8,704");
        refused(
                Findings.of(sparse().putInt(8, 3).putLong(48, 99)),
                Code.INVALID_IMAGE_FORMAT_TRUNCATED,
                "the copy of its directory");
    }

    @ParameterizedTest
    @CsvSource({
        "20, 0, grains have 0 sectors",
        "20, 7, grains have 7 sectors",
        "44, 513, tables have 513 grains",
        "4, 4, VMDK of version 4",
        "4, 0, VMDK of version 0",
    })
    void contradicting_fields_are_refused(int at, int value, String words) {
        var finding = Findings.of(sparse().putInt(at, value));

        assertThat(finding).isInstanceOf(Finding.Refused.class);
        assertThat(((Finding.Refused) finding).why()).contains(words);
    }
}
