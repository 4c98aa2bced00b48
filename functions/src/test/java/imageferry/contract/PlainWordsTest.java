package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages, comments, names of tests and pages keep to the style of CONTRIBUTING.md. Exempt are decision records, which
 * stay as they were written, and the string literals of tests.
 */
class PlainWordsTest {
    private static final int LONGEST_FIRST_SENTENCE = 25;

    private static final List<String> TESTS = List.of(
            "functions/src/test/java", "functions/src/testkit/java", "local/src/test/java", "bench/src/test/java");

    /** Words that stop a reader, the plain word, and a sample. */
    private static final List<Word> WORDS = List.of(
            word("mend(s|ed|ing)?", "fix", "says how to mend it"),
            word("(tells? of|told of|(is|are) told)", "reports, shows", "is told of a change"),
            word("(stand|stands|stood) against", "forbids, violates", "every rule that stands against it"),
            word("for good", "permanently", "S3 refused it for good"),
            word("so (many|often|long|few)(?! that| as)", "the number", "after so many bytes"),
            word("who(so|m|se)?ever|whosever", "callers, readers", "for whoever may use it"),
            word("(?<!there )is no (?!longer|more)[a-z]+", "is not a", "the text is no id"),
            word("judg(e|es|ed|ing|ement)", "check, evaluate", "the store judges the condition"),
            word("(lie|lies|lay|lying)", "is stored", "the bucket where it lies"));

    /** A clause as subject, at the beginning of a sentence or of a cell. */
    private static final Pattern HEADLESS = Pattern.compile("(^|[.;:|] )(What|Who) (?!to\\b)[^?]*$");

    /** First words of a comment that begins with a clause. "Returns whether" is the convention of the JDK. */
    private static final Pattern CLAUSE =
            Pattern.compile("(?si)(what|whatever|who|whoever|whose|whom|whether|where|how)\\b.*");

    record Word(Pattern pattern, String instead, String sample) {}

    private static Word word(String pattern, String instead, String sample) {
        return new Word(Pattern.compile("(?i)\\b" + pattern + "\\b"), instead, sample);
    }

    static List<Word> words() {
        return WORDS;
    }

    @Test
    void messages_comments_names_of_tests_and_pages_use_plain_words() {
        assertThat(all().flatMap(PlainWordsTest::breaches)).isEmpty();
    }

    @Test
    void no_sentence_of_a_page_has_a_clause_as_its_subject() {
        assertThat(pages().filter(page -> HEADLESS.matcher(page.text()).find())).isEmpty();
    }

    @Test
    void a_comment_and_the_name_of_a_test_do_not_begin_with_a_clause() {
        assertThat(Stream.concat(
                                comments().map(Prose::firstSentence),
                                namesOfTests().map(Prose::text))
                        .filter(PlainWordsTest::beginsWithClause))
                .isEmpty();
    }

    @Test
    void the_first_sentence_of_a_comment_has_at_most_25_words() {
        assertThat(comments().filter(comment -> words(comment.firstSentence()) > LONGEST_FIRST_SENTENCE))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("words")
    void a_word_of_the_list_is_found_in_a_message_a_comment_a_name_and_a_page(Word word) {
        assertThat(Prose.ofJava(
                        "A.java",
                        "/** Here. It " + word.sample + ". */ class A { String a = \"It " + word.sample + "\"; }"))
                .hasSize(2)
                .allSatisfy(passage -> assertThat(breaches(passage)).isNotEmpty());
        assertThat(Prose.ofTestNames("A.java", "void it_" + word.sample.replace(' ', '_') + "() {}").stream()
                        .flatMap(PlainWordsTest::breaches))
                .isNotEmpty();
        assertThat(Prose.ofPage("a.md", "# A\n\n" + word.sample).stream().flatMap(PlainWordsTest::breaches))
                .isNotEmpty();
    }

    @Test
    void the_first_sentence_ends_with_its_full_stop_on_any_line() {
        var comments = Prose.ofJava(
                "A.java", "/**\n * What a\n * caller sends. Kept.\n *\n * @param a one\n */\n// Who\n// asks");

        assertThat(comments).extracting(Prose::firstSentence).containsExactly("What a caller sends", "Who asks");
        assertThat(comments).extracting(Prose::line).containsExactly(1, 7);
        assertThat(comments).extracting(Prose::firstSentence).allMatch(PlainWordsTest::beginsWithClause);
    }

    private static Stream<Prose> all() {
        return Stream.of(
                        Prose.ofSources("functions/src/main/java"),
                        Prose.ofSources("functions/src/build"),
                        Prose.ofSources("local/src/main/java"),
                        Prose.ofSources("bench/src/main/java"),
                        TESTS.stream().flatMap(Prose::ofSources).filter(Prose::comment),
                        namesOfTests(),
                        pages(),
                        Stream.of(
                                        "openapi.yaml",
                                        "functions/src/build/gateway.yaml",
                                        "template.yaml",
                                        "region.yaml",
                                        "pom.xml")
                                .flatMap(file -> Prose.ofPage(file, Shipped.text(file)).stream()))
                .flatMap(passages -> passages);
    }

    private static Stream<Prose> pages() {
        return Stream.of("", "docs", "docs/rules", "docs/events").flatMap(Prose::ofPages);
    }

    private static Stream<Prose> namesOfTests() {
        return TESTS.stream().flatMap(Prose::ofTestNames);
    }

    private static Stream<Prose> comments() {
        return all().filter(Prose::comment);
    }

    private static Stream<String> breaches(Prose passage) {
        return WORDS.stream()
                .filter(word -> word.pattern.matcher(passage.text()).find())
                .map(word -> passage + " (better: " + word.instead + ")");
    }

    private static boolean beginsWithClause(String sentence) {
        return CLAUSE.matcher(sentence).matches();
    }

    private static int words(String sentence) {
        return sentence.strip().split("\\s+").length;
    }
}
