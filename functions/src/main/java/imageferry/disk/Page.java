package imageferry.disk;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Texts that were uploaded in place of a disk, mostly the result of a failed download. */
final class Page {
    private static final String DOWNLOAD_AGAIN = "download the disk again, and look at the file before you upload it";
    private static final Pattern S3_CODE = Pattern.compile("<Code>([A-Za-z]{1,60})</Code>");
    private static final Pattern HTML = Pattern.compile("<(!doctype html|html|head|body)\\b");
    private static final int SHOWN = 40;

    private Page() {}

    /** Returns the refusal of a text; empty when the bytes are no text. */
    static Optional<DiskRefused> in(View view) {
        return Text.whole(view).map(text -> refused(text.characters().strip()));
    }

    private static DiskRefused refused(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("<") && HTML.matcher(lower).find()) {
            return DiskRefused.unknown("is a web page (HTML)", DOWNLOAD_AGAIN);
        }
        if (lower.startsWith("<?xml") || lower.startsWith("<error") || lower.startsWith("<envelope")) {
            return xml(text);
        }
        if (text.startsWith("version https://git-lfs.github.com/spec/")) {
            return DiskRefused.unknown(
                    "is a Git LFS pointer to a file", "fetch the file itself with `git lfs pull`, and upload that");
        }
        if ((text.startsWith("{") && text.endsWith("}")) || (text.startsWith("[") && text.endsWith("]"))) {
            return DiskRefused.unknown("is a JSON document", DOWNLOAD_AGAIN);
        }
        return DiskRefused.unrecognised(
                "is a text file, not a disk (it begins with \"" + shown(text) + "\"); upload the disk itself");
    }

    private static DiskRefused xml(String text) {
        if (text.contains("<Error>")) {
            var code = S3_CODE.matcher(text);
            return DiskRefused.unknown(
                    "is an error message of an object store" + (code.find() ? " (" + code.group(1) + ")" : ""),
                    DOWNLOAD_AGAIN);
        }
        return text.contains("<Envelope") || text.contains(":Envelope")
                ? DiskRefused.unknown(
                        "is an OVF descriptor", "upload the disk that it names, whose name usually ends in .vmdk")
                : DiskRefused.unknown("is an XML document", DOWNLOAD_AGAIN);
    }

    private static String shown(String text) {
        return text.lines()
                .findFirst()
                .map(line -> line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line)
                .orElse("")
                .replace('"', '\'');
    }
}
