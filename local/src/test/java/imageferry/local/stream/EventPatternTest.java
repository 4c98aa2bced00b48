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
            {"size": [{"numeric": [">", 1, "<", 8]}]}                                            | true
            {"size": [{"numeric": [">", 7]}]}                                                    | false
            {"$or": [{"size": [1]}, {"eventName": ["MODIFY"]}]}                                  | true
            {"$or": [{"size": [1]}, {"eventName": ["INSERT"]}]}                                  | false
            """)
    void a_pattern_matches_as_on_event_bridge(String pattern, boolean matches) throws JsonProcessingException {
        assertThat(EventPattern.of(json(pattern)).matches(json(EVENT))).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"size": [{"bigger": 1}]} | Unrecognized match type bigger.
            {"$or": [{"size": [1]}]}  | Unrecognized match type size.
            {"size": 7}               | "size" must be an object or an array.
            {"name": [{"prefix": 7}]} | prefix match pattern must be a string.
            []                        | Filter is not an object.
            """)
    void a_pattern_that_event_bridge_would_refuse_is_refused_when_it_is_read(String pattern, String reason)
            throws JsonProcessingException {
        assertThatExceptionOfType(TemplateRefused.class)
                .isThrownBy(() -> EventPattern.of(json(pattern)))
                .withMessage("The event pattern %s is not valid: %s", json(pattern), reason);
    }

    @Test
    void an_empty_pattern_is_refused() {
        assertThatExceptionOfType(TemplateRefused.class).isThrownBy(() -> EventPattern.of(json("{}")));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}
