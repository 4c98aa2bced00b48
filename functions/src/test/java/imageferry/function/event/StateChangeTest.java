package imageferry.function.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.function.event.StreamEvent.Attribute;
import imageferry.function.event.StreamEvent.Change;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A change of an image's labels is an event with the changed fields, the originator and the time, but without values.
 */
class StateChangeTest {
    private static final Instant NOTICED = Instant.parse("2026-11-23T10:20:00Z");
    private static final Map<String, Attribute> IMAGE = Map.of(
            "imageId", text("m-goldenimagetarget"),
            "name", text("golden"),
            "region", text("eu-west-1"),
            "owner", text("111111111111"),
            "status", text("Available"),
            "publication", text("PRIVATE"),
            "protected", flag(false),
            "tags", map(Map.of("team", text("platform"))),
            "createdBy", text("arn:ann"));

    private static Attribute text(String text) {
        return new Attribute(text, null, null);
    }

    private static Attribute flag(boolean flag) {
        return new Attribute(null, flag, null);
    }

    private static Attribute map(Map<String, Attribute> map) {
        return new Attribute(null, null, map);
    }

    private static Map<String, Attribute> with(Map<String, Attribute> item, String name, Attribute value) {
        var more = new HashMap<>(item);
        more.put(name, value);
        return more;
    }

    private static Map<String, Attribute> noted(Map<String, Attribute> item, String who, String when) {
        return with(with(item, "changedBy", text(who)), "changedAt", text(when));
    }

    private static Change change(
            String name, @Nullable Map<String, Attribute> before, @Nullable Map<String, Attribute> after) {
        var keys = Map.of("pk", text("IMAGE#m-goldenimagetarget"), "sk", text("IMAGE"));
        return new Change(name, new StreamEvent.Images(keys, before, after, "7", NOTICED));
    }

    private static JsonNode event(Change change) throws Exception {
        assertThat(StateChange.isOne(change)).isTrue();
        var event = StateChange.event(change);
        assertThat(event.kind()).isEqualTo("Image State Change");
        return new ObjectMapper().readTree(event.detail());
    }

    private static JsonNode modified(Map<String, Attribute> before, Map<String, Attribute> after) throws Exception {
        return event(change("MODIFY", before, after));
    }

    @Test
    void a_changed_label_is_named_with_account_and_time_and_without_its_value() throws Exception {
        var after = with(noted(IMAGE, "arn:bob", "2026-11-23T10:19:59Z"), "description", text("Secret plans"));

        assertThat(modified(IMAGE, after))
                .hasToString(
                        "{\"imageId\":\"m-goldenimagetarget\",\"name\":\"golden\",\"region\":\"eu-west-1\",\"owner\":"
                                + "\"111111111111\",\"status\":\"Available\",\"changed\":[\"description\"],\"by\":\"arn:bob\","
                                + "\"changedAt\":\"2026-11-23T10:19:59.000Z\",\"sequenceNumber\":\"7\"}");
    }

    @Test
    void every_field_that_an_owner_may_change_is_named_as_in_the_api() throws Exception {
        for (var field : Map.of(
                        "name", text("silver"),
                        "family", text("metals"),
                        "tags", map(Map.of("team", text("edge"))),
                        "status", text("Deprecated"),
                        "protected", flag(true),
                        "productCode", text("debian-13"))
                .entrySet()) {
            assertThat(modified(IMAGE, with(IMAGE, field.getKey(), field.getValue()))
                            .get("changed"))
                    .hasToString("[\"" + field.getKey() + "\"]");
        }
    }

    @Test
    void publication_is_reported_as_public_or_by_its_product_code() throws Exception {
        var published = with(IMAGE, "publication", text("PUBLIC"));
        var product = with(with(IMAGE, "publication", text("MARKETPLACE")), "productCode", text("debian-13"));

        assertThat(modified(IMAGE, published).get("changed")).hasToString("[\"public\"]");
        assertThat(modified(published, IMAGE).get("changed")).hasToString("[\"public\"]");
        assertThat(modified(IMAGE, product).get("changed")).hasToString("[\"productCode\"]");
        assertThat(modified(published, product).get("changed")).hasToString("[\"productCode\",\"public\"]");
    }

    @Test
    void a_changed_status_has_the_former_one() throws Exception {
        var deprecated = modified(IMAGE, with(IMAGE, "status", text("Deprecated")));

        assertThat(deprecated.get("previousStatus").asText()).isEqualTo("Available");
    }

    @Test
    void later_changes_by_the_workflow_are_not_attributed_to_the_owner() throws Exception {
        var relabelled = noted(with(IMAGE, "status", text("Creating")), "arn:bob", "2026-11-23T10:00:00Z");

        var available = modified(
                relabelled, noted(with(relabelled, "status", text("Available")), "workflow", "2026-11-23T10:05:00Z"));

        assertThat(available.get("by").asText()).isEqualTo("workflow");
        assertThat(available.get("changedAt").asText()).isEqualTo("2026-11-23T10:05:00.000Z");
    }

    @Test
    void a_new_image_has_its_requester_and_a_removed_one_is_reported() throws Exception {
        assertThat(event(change("INSERT", null, noted(IMAGE, "arn:ann", "2026-11-23T10:00:00Z")))
                        .get("by")
                        .asText())
                .isEqualTo("arn:ann");

        var removed = event(change("REMOVE", with(IMAGE, "status", text("Deleting")), null));
        assertThat(removed.get("status").asText()).isEqualTo("Deleted");
        assertThat(removed.get("previousStatus").asText()).isEqualTo("Deleting");
        assertThat(removed.has("changed")).isFalse();
    }

    @Test
    void counts_and_locks_cause_no_events() {
        assertThat(StateChange.isOne(
                        change("MODIFY", IMAGE, with(IMAGE, "shareCount", new Attribute(null, null, null)))))
                .isFalse();
        assertThat(StateChange.isOne(
                        change("MODIFY", IMAGE, with(IMAGE, "copyingTo", new Attribute(null, null, null)))))
                .isFalse();
    }

    @Test
    void the_secret_of_lists_causes_no_event() {
        var keys = Map.of("pk", text("SECRET#lists"), "sk", text("SECRET"));
        var made = new Change(
                "INSERT",
                new StreamEvent.Images(
                        keys, null, Map.of("secret", text("c2VjcmV0"), "status", text("new")), "8", NOTICED));

        assertThat(StateChange.isOne(made)).isFalse();
    }
}
