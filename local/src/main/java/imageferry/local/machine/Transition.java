package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** The way out of a state: the next one (absent at the end of the flow), its input, and the variables that were set. */
record Transition(Optional<String> next, JsonNode output, Map<String, JsonNode> assigned) {}
