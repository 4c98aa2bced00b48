package imageferry.disk;

import imageferry.rule.Count;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text in which a VMDK names the pieces that it consists of. */
final class VmdkDescriptor {
    private static final Pattern EXTENT = Pattern.compile("\\s*(RW|RDONLY|NOACCESS)\\s+\\d+\\s+(\\w+)");
    private static final Pattern TITLE = Pattern.compile("(?i)#\\s*disk\\s*descriptor\\s*file");
    private static final Pattern VERSION = Pattern.compile("version\\s*=\\s*[123]");
    private static final String CONVERT =
            "keep all pieces beside the descriptor, convert the descriptor with `qemu-img convert -O qcow2 FILE NEW`, and"
                    + " upload NEW";

    private final List<String> lines;
    private final boolean hasByteOrderMark;

    private VmdkDescriptor(String text, boolean hasByteOrderMark) {
        this.lines = text.lines().toList();
        this.hasByteOrderMark = hasByteOrderMark;
    }

    /** The text up to its first zero byte. */
    static VmdkDescriptor of(Fields piece) {
        var text = Text.of(piece).upToZero();
        return new VmdkDescriptor(text.characters(), text.hasByteOrderMark());
    }

    /** The text as a whole file: it begins with its title, or with its version after comments. */
    static Optional<VmdkDescriptor> alone(Fields head) {
        return Optional.of(of(head)).filter(VmdkDescriptor::isTitled);
    }

    private boolean isTitled() {
        var first = lines.stream()
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .findFirst();
        return first.filter(line -> TITLE.matcher(line).lookingAt()).isPresent()
                || lines.stream()
                        .map(String::strip)
                        .dropWhile(line -> line.isEmpty() || line.startsWith("#"))
                        .findFirst()
                        .filter(line -> VERSION.matcher(line).matches())
                        .isPresent();
    }

    /** Refuses an extent that does not name its disk. */
    static DiskRefused elsewhere() {
        return DiskRefused.split("it is one extent of a VMDK, and its descriptor is another file", CONVERT);
    }

    /** Refuses a disk that cannot be imported; {@code isAlone} when the data of the disk are not in the same file. */
    void refuse(boolean isAlone) {
        if (lines.stream().anyMatch(line -> line.startsWith("encryption."))) {
            throw DiskRefused.encrypted(
                    "VMDK with a key of VMware's", "remove the encryption in VMware, and upload the disk then");
        }
        var parent = setting("parentCID").filter(id -> !id.equalsIgnoreCase("ffffffff"));
        if (parent.isPresent()) {
            throw DiskRefused.backed(
                    "a VMDK", shown(setting("parentFileNameHint").orElse("")), DiskRefused.CONVERT_BOTH);
        }
        var kinds = lines.stream()
                .map(EXTENT::matcher)
                .filter(Matcher::lookingAt)
                .map(extent -> extent.group(2))
                .toList();
        if (isAlone) {
            throw alone(kinds.size());
        }
        if (!kinds.equals(List.of("SPARSE"))) {
            throw elsewhere();
        }
    }

    private DiskRefused alone(int extents) {
        var type = setting("createType").map(name -> " (" + shown(name) + ")").orElse("");
        var files = extents == 0 ? "other files" : Count.of(extents, "other file");
        return DiskRefused.split(
                "it is the descriptor of a VMDK" + type + " whose data are in " + files,
                hasByteOrderMark ? "save the descriptor as UTF-8 without a byte order mark, then " + CONVERT : CONVERT);
    }

    private Optional<String> setting(String name) {
        return lines.stream()
                .filter(line -> line.indexOf('=') > 0
                        && line.substring(0, line.indexOf('=')).strip().equals(name))
                .map(line ->
                        line.substring(line.indexOf('=') + 1).replace("\"", "").strip())
                .findFirst();
    }

    private static String shown(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return Fields.big(bytes).shown(0, bytes.length);
    }
}
