package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The answer to a task token. */
sealed interface TaskResult {
    record Success(JsonNode output) implements TaskResult {}

    record Failure(@Nullable String error, @Nullable String cause) implements TaskResult {}
}
