package imageferry.disk;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The text in which a VMDK says of which pieces it consists. */
final class VmdkDescriptor {
    private static final Pattern EXTENT = Pattern.compile("(RW|RDONLY|NOACCESS)\\s+\\d+\\s+(\\w+).*");

    private final List<String> lines;

    private VmdkDescriptor(List<String> lines) {
        this.lines = lines;
    }

    /** The text up to its first zero byte. */
    static VmdkDescriptor of(Fields piece) {
        var end = 0;
        while (end < piece.length() && piece.u8(end) != 0) {
            end++;
        }
        return new VmdkDescriptor(new String(piece.bytes(), 0, end, StandardCharsets.UTF_8)
                .lines()
                .toList());
    }

    /** Whether the text alone is the file. */
    static boolean begins(Fields head) {
        return head.shown(0, 21).toLowerCase(Locale.ROOT).equals("# disk descriptorfile");
    }

    /** Why an extent is refused that does not say to which disk it belongs. */
    static DiskRefused elsewhere() {
        return DiskRefused.split("it is one extent of a VMDK, and the descriptor that tells of all is another file");
    }

    /** What stands against a disk that says this of itself; {@code isAlone} when its data are not in the same file. */
    void refuse(boolean isAlone) {
        if (lines.stream().anyMatch(line -> line.startsWith("encryption."))) {
            throw DiskRefused.encrypted("VMDK with a key of VMware's");
        }
        var parent = setting("parentCID").filter(id -> !id.equalsIgnoreCase("ffffffff"));
        if (parent.isPresent()) {
            throw DiskRefused.backed(
                    "a VMDK", shown(setting("parentFileNameHint").orElse("")));
        }
        var kinds = lines.stream()
                .map(EXTENT::matcher)
                .filter(extent -> extent.matches())
                .map(extent -> extent.group(2))
                .toList();
        if (kinds.isEmpty()) {
            throw elsewhere();
        }
        if (isAlone || !kinds.equals(List.of("SPARSE"))) {
            throw DiskRefused.split("it is the descriptor of a VMDK"
                    + setting("createType")
                            .map(type -> " (" + shown(type) + ")")
                            .orElse("")
                    + " whose data are in " + kinds.size() + " other "
                    + (kinds.size() == 1 ? "file" : "files"));
        }
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
