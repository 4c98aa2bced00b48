package imageferry.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One passage of English in the repository.
 *
 * @param file from the project's folder, with slashes
 * @param line of its beginning, from 1
 * @param comment whether it is a comment of a source, not a string literal, the name of a test or a line of a page
 */
record Prose(String file, int line, boolean comment, String text) {
    private static final String HOME = System.getProperty("imageferry.home", "..");
    private static final Pattern IN_JAVA = Pattern.compile(
            "\"\"\"(?<block>.*?)\"\"\"|'(?:[^'\\\\\\n]|\\\\.)+'|\"(?<text>(?:[^\"\\\\\\n]|\\\\.)*)\""
                    + "|/\\*\\*?(?<comment>.*?)\\*/|(?<lines>//[^\\n]*(?:\\n\\s*//[^\\n]*)*)",
            Pattern.DOTALL);
    private static final Pattern TEST_NAME = Pattern.compile("\\bvoid ([a-z]\\w*_\\w+)\\(");
    private static final Pattern LINE_BEGIN = Pattern.compile("\\s*\\n\\s*(?:\\*(?!/)|//)?[ ]?");
    private static final Pattern TAG = Pattern.compile("\\{@\\w+ ([^}]*)}");
    private static final Pattern NOT_PROSE = Pattern.compile(
            "(?ms)^```.*?^```|`[^`\\n]*`|(?<!\\*)\\*[^*\\n]+\\*(?!\\*)|<!-- \\./imageferry bench.*?-->.*");
    private static final Pattern SENTENCE_END = Pattern.compile("[.!?](?=\\s|$)|(^|\\s)@[a-z]+\\s|<p>");

    /** Comments and string literals of a Java source. */
    static List<Prose> ofJava(String file, String source) {
        var passages = new ArrayList<Prose>();
        var line = 1;
        var end = 0;
        for (var match : IN_JAVA.matcher(source).results().toList()) {
            line += newlines(source, end, match.start());
            end = match.start();
            var comment = comment(match);
            var literal = match.group("block") == null ? match.group("text") : match.group("block");
            if (comment != null || literal != null) {
                passages.add(new Prose(file, line, comment != null, oneLine(comment == null ? literal : comment)));
            }
        }
        return passages;
    }

    private static String comment(MatchResult match) {
        return match.group("comment") == null ? match.group("lines") : match.group("comment");
    }

    private static String oneLine(String text) {
        var joined = LINE_BEGIN.matcher(text).replaceAll(" ");
        return TAG.matcher(joined)
                .replaceAll("$1")
                .replaceFirst("^(//)?\\s+", "")
                .strip();
    }

    private static int newlines(String text, int from, int to) {
        return (int) text.substring(from, to).chars().filter(c -> c == '\n').count();
    }

    /** The names of the test methods of a Java source, as sentences without a full stop. */
    static List<Prose> ofTestNames(String file, String source) {
        return TEST_NAME
                .matcher(source)
                .results()
                .map(name -> new Prose(
                        file,
                        1 + newlines(source, 0, name.start()),
                        false,
                        name.group(1).replace('_', ' ')))
                .toList();
    }

    /** Every line of a page, without its code, quoted words, and the table that the bench writes. */
    static List<Prose> ofPage(String file, String page) {
        var prose = NOT_PROSE
                .matcher(page)
                .replaceAll(code ->
                        "\n".repeat(newlines(code.group(), 0, code.group().length())));
        var lines = prose.split("\n", -1);
        return IntStream.range(0, lines.length)
                .mapToObj(number -> new Prose(file, number + 1, false, lines[number]))
                .toList();
    }

    /** The first sentence, without its full stop. */
    String firstSentence() {
        return SENTENCE_END.split(text, 2)[0];
    }

    /** All Java sources below a folder of the project. */
    static Stream<Prose> ofSources(String folder) {
        return files(folder, ".java").flatMap(file -> ofJava(name(file), read(file)).stream());
    }

    /** The names of all test methods below a folder of the project. */
    static Stream<Prose> ofTestNames(String folder) {
        return files(folder, ".java").flatMap(file -> ofTestNames(name(file), read(file)).stream());
    }

    /** All Markdown files in the project's folder or in one below it, without deeper folders. */
    static Stream<Prose> ofPages(String folder) {
        return files(folder, ".md")
                .filter(file -> file.getParent().equals(Path.of(HOME, folder)))
                .flatMap(file -> ofPage(name(file), read(file)).stream());
    }

    private static Stream<Path> files(String folder, String ending) {
        try (var files = Files.walk(Path.of(HOME, folder), folder.isEmpty() ? 1 : Integer.MAX_VALUE)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return Path.of(HOME).relativize(file).toString().replace('\\', '/');
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return file + ":" + line + ": " + text;
    }
}
