package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import imageferry.local.machine.definition.Json;
import java.time.Instant;
import java.util.Optional;

/** One execution's unchanging facts, and inside a Map those of the item. */
record Course(
        MachineName machine, Line.Started started, Surroundings surroundings, Workers workers, Optional<MapItem> item) {

    /** The item of a Map that a flow runs for. */
    record MapItem(int index, JsonNode value) {}

    Course forItem(MapItem mapItem) {
        return new Course(machine, started, surroundings, workers, Optional.of(mapItem));
    }

    Instant now() {
        return surroundings.clock().instant();
    }

    /** What {@code $states.context} shows, without what belongs to one state. */
    ObjectNode context() {
        ObjectNode context = Json.MAPPER.createObjectNode();
        context.putObject("Execution")
                .put("Id", machine.executionArn(started.name()))
                .put("Name", started.name())
                .put("StartTime", started.at())
                .set("Input", started.input());
        context.putObject("StateMachine").put("Id", machine.arn()).put("Name", machine.name());
        item.ifPresent(it -> context.putObject("Map")
                .putObject("Item")
                .put("Index", it.index())
                .set("Value", it.value()));
        return context;
    }
}
