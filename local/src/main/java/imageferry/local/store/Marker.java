package imageferry.local.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/** The file that marks a data folder. Local mode uses no other folder that is not empty. */
final class Marker {
    static final String NAME = "imageferry-data.json";

    private static final String TEXT = "{\"format\":\"imageferry-data\",\"version\":1}\n";
    private static final Pattern ANY_VERSION =
            Pattern.compile("\\{\"format\":\"imageferry-data\",\"version\":[1-9][0-9]{0,8}}\n");
    private static final int LONGEST = TEXT.length() + 8;

    /** The contents of a folder's marker. */
    enum State {
        /** No marker, or a file of its name that Imageferry did not write. */
        ABSENT,
        /** A marker whose write was interrupted by a kill or a full disk. */
        TORN,
        OTHER_VERSION,
        PRESENT
    }

    private Marker() {}

    /** Never follows a symbolic link, and never reads a large file. */
    static State of(Path folder) throws IOException {
        var file = folder.resolve(NAME);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LONGEST) {
            return State.ABSENT;
        }
        var text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (text.equals(TEXT)) {
            return State.PRESENT;
        }
        if (ANY_VERSION.matcher(text).matches()) {
            return State.OTHER_VERSION;
        }
        return TEXT.startsWith(text) ? State.TORN : State.ABSENT;
    }

    /** Writes the marker, or completes a torn one. Two processes that do so at once write the same bytes. */
    static void write(Path folder) throws IOException {
        var file = folder.resolve(NAME);
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException exists) {
            if (of(folder) == State.ABSENT) {
                throw exists;
            }
        }
        Files.writeString(file, TEXT, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }
}
