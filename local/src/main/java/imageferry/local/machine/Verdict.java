package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What somebody sent for a task token. */
sealed interface Verdict {

    record Success(JsonNode output) implements Verdict {}

    record Failure(Optional<String> error, Optional<String> cause) implements Verdict {}
}
