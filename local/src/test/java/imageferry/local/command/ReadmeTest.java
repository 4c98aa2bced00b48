package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command of the README's examples is typed into a shell, in order, and answers what the README shows. Ids and times
 * differ from run to run: an id in the README stands for the id that took its place, also in later commands.
 */
class ReadmeTest {
    private static final Pattern ID = Pattern.compile("\\b[cgikms]-[a-z2-7]{17}\\b");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
    private static final Pattern LINK = Pattern.compile("\"url\":\"[^\"]*\"");
    private static final Pattern RATE = Pattern.compile("\"(bytesPerSecond|requestId)\":(\\d+|\"[^\"]*\"),?");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final Map<String, String> ids = new HashMap<>();

    @Test
    void every_command_answers_what_the_readme_shows() throws Exception {
        var examples = examples(Files.readString(Home.folder().resolve("README.md")));

        assertThat(examples).hasSizeGreaterThan(10);
        try (var cloud = new RunningCloud(folder.resolve("data"), Map.of())) {
            for (var example : examples) {
                check(example, cloud);
            }
        }
    }

    private void check(Example example, RunningCloud cloud) throws Exception {
        var end = Instant.now().plus(PATIENCE);
        String answer;
        do {
            answer = type(example.command(), cloud);
        } while (!masked(answer).equals(masked(example.answer()))
                && example.mayBeRepeated()
                && Instant.now().isBefore(end));

        assertThat(masked(answer)).as(example.command()).isEqualTo(masked(example.answer()));
        learn(example.answer(), answer);
    }

    private String type(String command, RunningCloud cloud) throws Exception {
        var typed = command.replace("http://127.0.0.1:4080", cloud.uri().toString())
                .replace("http://127.0.0.1:4081", cloud.s3().toString());
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

    private static String masked(String answer) {
        var text = ID.matcher(answer).replaceAll(match -> match.group().charAt(0) + "-…");
        text = LINK.matcher(text).replaceAll(Matcher.quoteReplacement("\"url\":…"));
        text = RATE.matcher(text).replaceAll("");
        return TIME.matcher(text).replaceAll("<time>");
    }

    /** A command and what it printed; a reading command may be typed until the answer is there. */
    private record Example(String command, String answer) {
        boolean mayBeRepeated() {
            return command.startsWith("curl") && !command.contains("-X ") && !command.contains(" -d ");
        }
    }

    private static List<Example> examples(String readme) {
        var examples = new ArrayList<Example>();
        var blocks = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL).matcher(readme);
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
