package imageferry.function.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import imageferry.contract.Contracts;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Views and the contract's schemas agree: names, optional fields, and sizes. */
class ViewsAreTheContractsTest {
    static List<Map.Entry<String, Class<?>>> views() {
        return List.of(
                Map.entry("Image", ImageView.class),
                Map.entry("ImageSource", ImageView.SourceView.class),
                Map.entry("Checksum", ChecksumView.class),
                Map.entry("Copy", CopyView.class),
                Map.entry("Reason", CopyView.ReasonView.class),
                Map.entry("Approval", CopyView.ApprovalView.class),
                Map.entry("CopyStep", CopyView.StepView.class),
                Map.entry("Download", DownloadView.class),
                Map.entry("Instance", InstanceView.class),
                Map.entry("ShareList", ShareView.Shares.class),
                Map.entry("Share", ShareView.class),
                Map.entry("Ticket", TicketView.class),
                Map.entry("RegionList", RegionView.Regions.class),
                Map.entry("EnabledRegion", RegionView.class),
                Map.entry("Quotas", RegionView.Quotas.class),
                Map.entry("Capacity", RegionView.Places.class),
                Map.entry("Usage", UsageView.class),
                Map.entry("Prices", UsageView.PricesView.class),
                Map.entry("MovedBytes", UsageView.MovedView.class),
                Map.entry("StoredBytes", UsageView.StoredView.class),
                Map.entry("ImageList", Pages.ImagePage.class),
                Map.entry("CopyList", Pages.CopyPage.class),
                Map.entry("TicketList", Pages.TicketPage.class),
                Map.entry("CopyGroup", Pages.Group.class),
                Map.entry("CopyResult", Pages.OneCopy.class),
                Map.entry("ImportResult", Pages.Imported.class));
    }

    @ParameterizedTest
    @MethodSource("views")
    void a_view_has_the_fields_of_its_schema_and_always_those_that_are_required(Map.Entry<String, Class<?>> view) {
        var schema = Contracts.schema(view.getKey());
        var fields = new TreeSet<String>();
        var always = new TreeSet<String>();
        for (var component : view.getValue().getRecordComponents()) {
            fields.add(name(component));
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                always.add(name(component));
            }
        }
        var declared = new TreeSet<String>();
        schema.path("properties").fieldNames().forEachRemaining(declared::add);
        var required = new TreeSet<String>();
        schema.path("required").forEach(name -> required.add(name.asText()));

        assertThat(fields).isEqualTo(declared);
        assertThat(always).isEqualTo(required);
    }

    @ParameterizedTest
    @MethodSource("views")
    void a_field_has_the_type_of_its_schema(Map.Entry<String, Class<?>> view) {
        for (var component : view.getValue().getRecordComponents()) {
            var schema = Contracts.property(view.getKey(), name(component));

            assertThat(type(schema)).as(view.getKey() + "." + name(component)).isEqualTo(type(component.getType()));
        }
    }

    private static String type(JsonNode schema) {
        var type = schema.path("type").asText();
        var format = schema.path("format").asText();
        return type.equals("integer") || format.equals("date-time") ? type + " " + format : type;
    }

    private static String type(Class<?> type) {
        if (type == long.class || type == Long.class) {
            return "integer int64";
        }
        if (type == int.class || type == Integer.class) {
            return "integer int32";
        }
        if (type == Instant.class) {
            return "string date-time";
        }
        if (type == boolean.class) {
            return "boolean";
        }
        return type == String.class ? "string" : type == List.class ? "array" : "object";
    }

    private static String name(RecordComponent component) {
        var renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null ? component.getName() : renamed.value();
    }
}
