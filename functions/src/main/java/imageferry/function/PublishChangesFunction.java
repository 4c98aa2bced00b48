package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.function.event.BatchAnswer;
import imageferry.function.event.StateChange;
import imageferry.function.event.StreamEvent;
import imageferry.publishing.Bus;

/** Publishes the changes of images and copies from the table's stream to the bus. */
public final class PublishChangesFunction implements RequestHandler<StreamEvent, BatchAnswer> {
    private final Bus bus;

    public PublishChangesFunction() {
        this(App.current().forEvents().bus());
    }

    PublishChangesFunction(Bus bus) {
        this.bus = bus;
    }

    @Override
    public BatchAnswer handleRequest(StreamEvent event, Context context) {
        var changes = event.records().stream().filter(StateChange::isOne).toList();
        var refused = bus.publish(changes.stream().map(StateChange::event).toList());
        return refused.isPresent()
                ? BatchAnswer.stoppedAt(changes.get(refused.getAsInt()).sequenceNumber())
                : BatchAnswer.DONE;
    }
}
