package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The answer to a task token. */
sealed interface TaskResult {
    record Success(JsonNode output) implements TaskResult {}

    record Failure(Optional<String> error, Optional<String> cause) implements TaskResult {}
}
