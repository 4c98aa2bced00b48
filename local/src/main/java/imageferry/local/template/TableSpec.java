package imageferry.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The table as the template declares it. Keys, indexes and attributes keep CloudFormation's form, which is that of
 * DynamoDB's CreateTable; {@code streamView} is absent when there is no stream.
 */
public record TableSpec(
        String logicalId,
        String name,
        JsonNode attributes,
        JsonNode keys,
        JsonNode indexes,
        @Nullable String streamView,
        @Nullable String expiryAttribute) {}
