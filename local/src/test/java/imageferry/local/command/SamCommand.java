package imageferry.local.command;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** A line of a page that calls SAM, with its remark: the short form of the answer. */
public record SamCommand(String text, String remark) {
    private static final Pattern LINE = Pattern.compile("(?m)^(sam [^#\\n]+?) *(?:# (.*))?$");

    /** @param page from the project's folder */
    public static List<SamCommand> of(String page) throws IOException {
        return LINE.matcher(Files.readString(Home.folder().resolve(page)))
                .results()
                .map(line -> new SamCommand(line.group(1), line.group(2) == null ? "" : line.group(2)))
                .toList();
    }

    boolean starts(String words) {
        return text.startsWith(words);
    }
}
