package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** What comes of visiting a state: where to go next (nowhere at the end of the flow), with what, and the variables that it set. */
record Step(Optional<String> next, JsonNode output, Map<String, JsonNode> assigned) {}
