package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way out of a state: the next one (null at the end of the flow), its input, and the variables that were set. */
record Transition(@Nullable String next, JsonNode output, Map<String, JsonNode> assigned) {}
