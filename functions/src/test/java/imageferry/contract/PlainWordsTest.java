package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages keep to the style of CONTRIBUTING.md. Decision records stay as they were written. */
class PlainWordsTest {
    private static final Path HOME = Path.of(System.getProperty("imageferry.home", ".."))
            .toAbsolutePath()
            .normalize();

    /** Words that stop a reader: outdated, metaphors, or without a number. */
    private static final Pattern LISTED = Pattern.compile(
            "(?i)\\b(mend(s|ed|ing)?|tells? of|(is|are) told|judge[sd]?|judging|stands? against|for good|so (many|often)"
                    + "|who(so)?ever|whosever|lies)\\b");

    /** A clause as subject, at the beginning of a sentence or of a cell. */
    private static final Pattern HEADLESS = Pattern.compile("(?m)(^|[.;:|] )(What|Who) (?!to\\b)[^?\\n]*$");

    /** Code, words that are quoted as words, and the result table that the bench writes. */
    private static final Pattern NOT_PROSE = Pattern.compile(
            "(?ms)^```.*?^```|`[^`\\n]*`|(?<!\\*)\\*[^*\\n]+\\*(?!\\*)|<!-- \\./imageferry bench.*?-->.*");

    @Test
    void no_page_has_a_word_of_the_list() throws IOException {
        assertThat(pages()).allSatisfy(page -> {
            var prose = NOT_PROSE.matcher(Files.readString(page)).replaceAll("");
            assertThat(LISTED.matcher(prose).results().map(word -> word.group()))
                    .as(HOME.relativize(page).toString())
                    .isEmpty();
            assertThat(HEADLESS.matcher(prose).results().map(clause -> clause.group()))
                    .as(HOME.relativize(page).toString())
                    .isEmpty();
        });
    }

    private static List<Path> pages() throws IOException {
        try (var root = Files.list(HOME);
                var docs = Files.walk(HOME.resolve("docs"))) {
            return Stream.concat(root, docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .filter(page -> !page.startsWith(HOME.resolve("docs/adr")))
                    .toList();
        }
    }
}
