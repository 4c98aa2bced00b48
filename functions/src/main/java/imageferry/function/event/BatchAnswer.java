package imageferry.function.event;

import java.util.List;

/** Reports to Lambda where a batch of stream records has to continue; an empty list means that all is done. */
public record BatchAnswer(List<Failure> batchItemFailures) {
    public static final BatchAnswer DONE = new BatchAnswer(List.of());

    /** @param itemIdentifier the record's sequence number */
    public record Failure(String itemIdentifier) {}

    /** Lambda sends that record and all that follow it again, so nothing overtakes it. */
    public static BatchAnswer stoppedAt(String sequenceNumber) {
        return new BatchAnswer(List.of(new Failure(sequenceNumber)));
    }
}
