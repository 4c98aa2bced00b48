package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Types the examples of a page into a shell, in order, and compares the answers. Ids and times differ between runs: an
 * id in the page represents the id in its place, also in later commands. An ellipsis represents text that depends on
 * the progress at the time of the answer.
 */
final class PageExamples {
    private static final Pattern ID = Pattern.compile("\\b[cgikms]-[a-z2-7]{17}\\b");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
    private static final Pattern LINK = Pattern.compile("\"url\":\"[^\"]*\"");
    private static final Pattern RATE = Pattern.compile("\"(bytesPerSecond|requestId)\":(\\d+|\"[^\"]*\"),?");
    private static final String ELLIPSIS = "…";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final UnaryOperator<String> addresses;
    private final Map<String, String> ids = new HashMap<>();

    /**
     * @param folder the shell's current folder
     * @param addresses replaces the page's addresses by this run's
     */
    PageExamples(Path folder, UnaryOperator<String> addresses) {
        this.folder = folder;
        this.addresses = addresses;
    }

    void check(Example example) throws Exception {
        var end = Instant.now().plus(PATIENCE);
        String answer;
        do {
            answer = type(example.command());
        } while (!fits(answer, example.answer())
                && example.mayBeRepeated()
                && Instant.now().isBefore(end));

        if (!fits(answer, example.answer())) {
            assertThat(masked(answer)).as(example.command()).isEqualTo(masked(example.answer()));
        }
        learn(example.answer(), answer);
    }

    private String type(String command) throws Exception {
        var typed = addresses.apply(command);
        for (var known : ids.entrySet()) {
            typed = typed.replace(known.getKey(), known.getValue());
        }
        var shell = new ProcessBuilder("bash", "-c", typed)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private void learn(String shown, String found) {
        var left = ID.matcher(shown);
        var right = ID.matcher(found);
        while (left.find() && right.find()) {
            ids.put(left.group(), right.group());
        }
    }

    private static boolean fits(String answer, String shown) {
        var form = Arrays.stream(shown.split(ELLIPSIS, -1))
                .map(part -> Pattern.quote(masked(part)))
                .collect(Collectors.joining(".*?"));
        return Pattern.compile(form, Pattern.DOTALL).matcher(masked(answer)).matches();
    }

    private static String masked(String answer) {
        var text = ID.matcher(answer).replaceAll(match -> match.group().charAt(0) + "-…");
        text = LINK.matcher(text).replaceAll(Matcher.quoteReplacement("\"url\":…"));
        text = RATE.matcher(text).replaceAll("");
        return TIME.matcher(text).replaceAll("<time>");
    }

    /** A command and its output. A reading command may be repeated until its answer is complete. */
    record Example(String command, String answer) {
        boolean mayBeRepeated() {
            return command.startsWith("curl") && !command.contains("-X ") && !command.contains(" -d ");
        }
    }

    /** The examples in the blocks of one kind. */
    static List<Example> examples(String page, String kind) {
        var examples = new ArrayList<Example>();
        var blocks =
                Pattern.compile("```" + kind + "\n(.*?)```", Pattern.DOTALL).matcher(page);
        while (blocks.find()) {
            for (var piece : blocks.group(1).split("(?m)^\\$ ", -1)) {
                if (!piece.isBlank()) {
                    var lines = piece.split("(?<!\\\\)\n", 2);
                    examples.add(new Example(lines[0], lines.length > 1 ? lines[1].strip() : ""));
                }
            }
        }
        return examples;
    }
}
