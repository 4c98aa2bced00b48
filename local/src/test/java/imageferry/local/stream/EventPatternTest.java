package imageferry.local.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.local.template.TemplateRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventPatternTest {
    private static final String EVENT = """
            {"eventName": "MODIFY",
             "dynamodb": {"Keys": {"sk": {"S": "COPY"}},
                          "NewImage": {"status": {"S": "Copying"}, "wake": {"M": {"verdict": {"S": "granted"}}}, "tags": {"SS": ["a", "b"]}}},
             "size": 7}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"eventName": ["INSERT", "MODIFY"]}                                                  | true
            {"eventName": ["INSERT"]}                                                            | false
            {"dynamodb": {"Keys": {"sk": {"S": ["COPY"]}}}}                                      | true
            {"eventName": ["INSERT"], "dynamodb": {"Keys": {"sk": {"S": ["COPY"]}}}}             | false
            {"dynamodb": {"NewImage": {"status": {"S": [{"prefix": "Copy"}]}}}}                  | true
            {"dynamodb": {"NewImage": {"status": {"S": [{"suffix": "Copy"}]}}}}                  | false
            {"dynamodb": {"NewImage": {"status": {"S": [{"equals-ignore-case": "copying"}]}}}}   | true
            {"dynamodb": {"NewImage": {"wake": {"M": {"verdict": {"S": [{"exists": true}]}}}}}}  | true
            {"dynamodb": {"OldImage": {"wake": {"M": {"verdict": {"S": [{"exists": true}]}}}}}}  | false
            {"dynamodb": {"OldImage": {"status": {"S": [{"exists": false}]}}}}                   | true
            {"dynamodb": {"NewImage": {"status": {"S": [{"exists": false}]}}}}                   | false
            {"dynamodb": {"NewImage": {"status": {"S": [{"anything-but": ["Failed", "Cancelled"]}]}}}} | true
            {"dynamodb": {"NewImage": {"status": {"S": [{"anything-but": "Copying"}]}}}}         | false
            {"dynamodb": {"NewImage": {"status": {"S": [{"anything-but": {"prefix": "Co"}}]}}}}  | false
            {"dynamodb": {"OldImage": {"status": {"S": [{"anything-but": "Copying"}]}}}}         | false
            {"dynamodb": {"NewImage": {"tags": {"SS": ["b"]}}}}                                  | true
            {"size": [7.0]}                                                                      | true
            {"size": ["7"]}                                                                      | false
            """)
    void a_pattern_matches_as_on_event_bridge(String pattern, boolean matches) throws JsonProcessingException {
        assertThat(EventPattern.of(json(pattern)).matches(json(EVENT))).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"size": [{"numeric": [">", 1]}]} | Local mode does not know numeric in an event pattern (at size).
            {"$or": [{"size": [1]}]}          | Local mode does not know $or in an event pattern.
            {"size": 7}                       | The event pattern's size must be a list or an object, not 7.
            {"name": [{"prefix": 7}]}         | The prefix of an event pattern (at name) must be text, not 7.
            """)
    void a_form_that_is_not_known_is_refused_when_it_is_read(String pattern, String sentence) {
        assertThatExceptionOfType(TemplateRefused.class)
                .isThrownBy(() -> EventPattern.of(json(pattern)))
                .withMessage(sentence);
    }

    @Test
    void an_empty_pattern_is_refused() {
        assertThatExceptionOfType(TemplateRefused.class).isThrownBy(() -> EventPattern.of(json("{}")));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}
