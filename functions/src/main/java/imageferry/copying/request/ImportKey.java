package imageferry.copying.request;

import imageferry.account.AccountId;
import imageferry.region.Regions;
import imageferry.rule.Code;
import imageferry.rule.Count;
import imageferry.rule.Violation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The keys that an account may import from: its own prefix, and nothing that S3 or a URL cannot carry unchanged. */
final class ImportKey {
    /** S3's limit for a key, in bytes of UTF-8. */
    private static final int MOST_BYTES = 1024;

    private ImportKey() {}

    static Optional<Violation> requiresImportable(AccountId account, String key) {
        var prefix = Regions.importPrefix(account);
        var bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            return refuse(key, "has " + Count.of(bytes, "byte") + " of UTF-8; S3 allows at most 1,024");
        }
        var control = key.chars()
                .filter(character -> character < 0x20 || character == 0x7f)
                .findFirst();
        if (control.isPresent()) {
            return refuse(
                    key,
                    "has the control character U+%04X; upload the disk under another key"
                            .formatted(control.getAsInt()));
        }
        if (!key.startsWith(prefix) || key.equals(prefix)) {
            return refuse(key, "is not under your prefix; upload the disk as " + prefix + "<name>");
        }
        return List.of(key.split("/", -1)).stream().anyMatch(part -> part.equals(".") || part.equals(".."))
                ? refuse(key, "has a part that is . or .., which URLs leave out; upload the disk under another key")
                : Optional.empty();
    }

    private static Optional<Violation> refuse(String key, String why) {
        var shown = key.replaceAll("\\p{Cntrl}", "\ufffd");
        var beginning = shown.length() <= 128 ? shown : shown.substring(0, shown.offsetByCodePoints(0, 64)) + "…";
        return Optional.of(Violation.of(
                Code.INVALID_IMPORT_KEY, "importKey", beginning, "The import key \"" + beginning + "\" " + why));
    }
}
