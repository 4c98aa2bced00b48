package imageferry.local.command;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** A line of the README that calls SAM, with the remark behind it: the answer, in short. */
public record SamCommand(String text, String remark) {
    private static final Pattern LINE = Pattern.compile("(?m)^(sam [^#\\n]+?) *(?:# (.*))?$");

    public static List<SamCommand> of(String section) throws IOException {
        var readme = Files.readString(Home.folder().resolve("README.md"));
        var from = readme.indexOf("## " + section + "\n");
        var lines = LINE.matcher(readme.substring(from, readme.indexOf("\n## ", from)));
        return lines.results()
                .map(line -> new SamCommand(line.group(1), line.group(2) == null ? "" : line.group(2)))
                .toList();
    }

    boolean starts(String words) {
        return text.startsWith(words);
    }
}
