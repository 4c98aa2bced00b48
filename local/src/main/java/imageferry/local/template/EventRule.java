package imageferry.local.template;

import com.fasterxml.jackson.databind.JsonNode;

/** An EventBridge pattern on the default bus, and the function for the matching events. */
public record EventRule(String function, String name, JsonNode pattern) {}
