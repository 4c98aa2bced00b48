package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.copying.CopyRecord;
import imageferry.copying.ending.AdvanceCopies;
import imageferry.function.event.BatchAnswer;
import imageferry.function.event.StreamEvent;
import imageferry.id.CopyId;
import java.lang.System.Logger.Level;

/** The table's stream: starts the executions of new copies and wakes parked ones. */
public final class AdvanceCopiesFunction implements RequestHandler<StreamEvent, BatchAnswer> {
    private static final System.Logger LOG = System.getLogger(AdvanceCopiesFunction.class.getName());

    private final AdvanceCopies advanceCopies;

    public AdvanceCopiesFunction() {
        this(App.current().forEvents().advanceCopies());
    }

    AdvanceCopiesFunction(AdvanceCopies advanceCopies) {
        this.advanceCopies = advanceCopies;
    }

    @Override
    public BatchAnswer handleRequest(StreamEvent event, Context context) {
        for (var change : event.records()) {
            try {
                advance(change);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "Change " + change.sequenceNumber() + " has to come again", e);
                return BatchAnswer.stoppedAt(change.sequenceNumber());
            }
        }
        return BatchAnswer.DONE;
    }

    private void advance(StreamEvent.Change change) {
        var copy = change.dynamodb().text(CopyRecord.COPY_ID).map(CopyId::new).orElseThrow();
        if (change.eventName().equals("INSERT")) {
            advanceCopies.start(copy);
        } else {
            advanceCopies.wake(copy);
        }
    }
}
