package imageferry.local.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Recognises a data folder of a release that wrote no marker: it has such a folder's files, and no other. */
final class UnmarkedRelease {
    private static final Set<String> FILES = Set.of(DataFolder.LOCK, "undelivered.jsonl", "sam-local.json");

    /** The folders and their direct contents. */
    private static final Map<String, Pattern> FOLDERS = Map.of(
            "dynamodb", Pattern.compile("shared-local-instance\\.db.*"),
            "s3", Pattern.compile("imageferry-[0-9]{12}-[a-z0-9-]+"),
            "incoming", Incoming.NAME,
            "functions", Pattern.compile("[0-9a-f]{32}|unpacking-[0-9]+"),
            "executions", Pattern.compile("c-[a-z2-7]{17}\\.jsonl"),
            "logs", Pattern.compile("[A-Za-z0-9]+Function\\.log(\\.old)?"),
            "streams", Pattern.compile("[A-Za-z0-9]+Function\\.[A-Za-z0-9]+\\.json(\\.next)?"));

    private UnmarkedRelease() {}

    static boolean made(Path folder) throws IOException {
        for (var name : Ownership.names(folder)) {
            var content = FOLDERS.get(name);
            if (!FILES.contains(name) && (content == null || !hasOnly(folder.resolve(name), content))) {
                return false;
            }
        }
        return Ownership.isEmptyFile(folder.resolve(DataFolder.LOCK))
                && Files.isRegularFile(folder.resolve("dynamodb/shared-local-instance.db"), LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean hasOnly(Path folder, Pattern name) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Ownership.names(folder).stream().allMatch(name.asMatchPredicate());
    }
}
