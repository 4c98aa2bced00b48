package imageferry.function.edge;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;

/**
 * The only way to and from JSON. Times are ISO-8601 in UTC to the millisecond; an unknown value is absent, never null; unknown
 * fields of events are ignored; unknown enum values are refused.
 */
public final class Json {
    /** The only mapper, configured once. */
    public static final ObjectMapper MAPPER = JsonMapper.builder()
            // Register only the java.time types of our records: the whole module loads 60 more classes at every start.
            .addModule(new SimpleModule()
                    .addSerializer(new ToTheMillisecond())
                    .addDeserializer(Instant.class, InstantDeserializer.INSTANT))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private Json() {}

    /** @throws IllegalArgumentException when the value has no JSON form, which is a defect */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A " + value.getClass().getName() + " has no JSON form", e);
        }
    }

    /** A text field of a JSON document. Empty when the text is not a JSON object or lacks the field. */
    public static Optional<String> text(String document, String field) {
        try {
            return Optional.ofNullable(MAPPER.readTree(document))
                    .map(root -> root.path(field))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static final class ToTheMillisecond extends StdSerializer<Instant> {
        /** Three digits also where they are zero, so that the order of texts is the order of times. */
        private static final DateTimeFormatter MILLISECONDS =
                new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

        ToTheMillisecond() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(MILLISECONDS.format(value));
        }
    }
}
