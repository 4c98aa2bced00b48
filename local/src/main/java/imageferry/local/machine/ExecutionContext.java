package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import imageferry.local.machine.definition.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The constant data of one execution and, inside a Map, of the item. */
record ExecutionContext(
        MachineName machine,
        HistoryEvent.ExecutionStarted started,
        Environment environment,
        Workers workers,
        @Nullable MapItem item) {
    /** The context of a flow outside of a Map. */
    ExecutionContext(
            MachineName machine, HistoryEvent.ExecutionStarted started, Environment environment, Workers workers) {
        this(machine, started, environment, workers, null);
    }

    /** The item of a Map that a flow runs for. */
    record MapItem(int index, JsonNode value) {}

    ExecutionContext forItem(MapItem mapItem) {
        return new ExecutionContext(machine, started, environment, workers, mapItem);
    }

    Instant now() {
        return environment.clock().instant();
    }

    /** Returns {@code $states.context} without the members of a single state. */
    ObjectNode contextObject() {
        var object = Json.MAPPER.createObjectNode();
        object.putObject("Execution")
                .put("Id", machine.executionArn(started.name()))
                .put("Name", started.name())
                .put("StartTime", started.at())
                .set("Input", started.input());
        object.putObject("StateMachine").put("Id", machine.arn()).put("Name", machine.name());
        if (item != null) {
            object.putObject("Map").putObject("Item").put("Index", item.index()).set("Value", item.value());
        }
        return object;
    }
}
