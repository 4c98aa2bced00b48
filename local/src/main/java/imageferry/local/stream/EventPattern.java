package imageferry.local.stream;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.template.TemplateRefused;
import java.io.IOException;
import software.amazon.event.ruler.Machine;

/**
 * An EventBridge pattern. EventBridge's own matcher decides. Filters of streams use it too, although Lambda accepts fewer
 * operators there; the template uses only those that both accept.
 */
public final class EventPattern {
    private final Machine machine = Machine.builder().build();

    private EventPattern() {}

    /** @throws TemplateRefused when EventBridge would refuse the pattern */
    public static EventPattern of(JsonNode pattern) {
        var read = new EventPattern();
        try {
            read.machine.addRule("pattern", pattern.toString());
        } catch (IOException refused) {
            throw new TemplateRefused("The event pattern " + pattern + " is not valid: " + reason(refused) + ".");
        }
        return read;
    }

    public boolean matches(JsonNode event) {
        return !machine.rulesForJSONEvent(event).isEmpty();
    }

    private static String reason(IOException refused) {
        return String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
    }
}
