package imageferry.function.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import imageferry.function.edge.LambdaSerializer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes of the table, in the order in which each item went through them. Also read from the record that Lambda stores of a batch
 * that was given up, so that it can be replayed.
 */
public record StreamEvent(@JsonProperty("Records") List<Change> records) {
    /** @param payload the whole event, as Lambda's invocation record has it: JSON within a text */
    @JsonCreator
    static StreamEvent of(
            @JsonProperty("Records") @Nullable List<Change> records,
            @JsonProperty("payload") @Nullable String payload) {
        if (records == null && payload != null) {
            return new LambdaSerializer().fromJson(payload, StreamEvent.class);
        }
        return new StreamEvent(Objects.requireNonNull(records, "The event has neither Records nor a payload"));
    }

    /** @param eventName {@code INSERT}, {@code MODIFY} or {@code REMOVE} */
    public record Change(String eventName, Images dynamodb) {
        public String sequenceNumber() {
            return dynamodb.sequenceNumber();
        }

        public boolean isNew() {
            return eventName.equals("INSERT");
        }

        boolean isModified() {
            return eventName.equals("MODIFY");
        }

        /** A text of the item's present state. */
        public Optional<String> text(String name) {
            return text(dynamodb.newImage(), name);
        }

        /** A text of the item as it was before. */
        Optional<String> formerText(String name) {
            return text(dynamodb.oldImage(), name);
        }

        /** A text within a map of the item, if the map came with this change. */
        Optional<String> newText(String map, String name) {
            return dynamodb.oldImage() != null && dynamodb.oldImage().containsKey(map)
                    ? Optional.empty()
                    : Optional.ofNullable(dynamodb.newImage())
                            .map(item -> item.get(map))
                            .map(Attribute::map)
                            .flatMap(entries -> text(entries, name));
        }

        /** Returns whether the item has another value there than before, of a type that we read. */
        boolean differs(String name) {
            return !value(dynamodb.newImage(), name).equals(value(dynamodb.oldImage(), name));
        }

        private static Optional<Attribute> value(@Nullable Map<String, Attribute> item, String name) {
            return Optional.ofNullable(item).map(attributes -> attributes.get(name));
        }

        private static Optional<String> text(@Nullable Map<String, Attribute> item, String name) {
            return value(item, name).map(Attribute::text);
        }
    }

    /** An item before and after; {@code at} is when the table noticed. */
    public record Images(
            @JsonProperty("Keys") Map<String, Attribute> keys,
            @JsonProperty("OldImage") @Nullable Map<String, Attribute> oldImage,
            @JsonProperty("NewImage") @Nullable Map<String, Attribute> newImage,
            @JsonProperty("SequenceNumber") String sequenceNumber,

            @JsonProperty("ApproximateCreationDateTime") @Nullable
            Instant at) {
        /** A text attribute of the item's present or last state. */
        public Optional<String> text(String name) {
            var item = newImage == null ? oldImage : newImage;
            return Optional.ofNullable(item == null ? null : item.get(name)).map(Attribute::text);
        }
    }

    /** A value of the types that we read: text, yes or no, and a map of values. */
    public record Attribute(
            @JsonProperty("S") @Nullable String text,
            @JsonProperty("BOOL") @Nullable Boolean flag,
            @JsonProperty("M") @Nullable Map<String, Attribute> map) {}
}
