package imageferry.function;

import imageferry.snapshot.PartBatch;

/** Consecutive parts for one worker, as the state machine hands them on; {@code lastPart} is included. */
public record BatchTask(int batch, int firstPart, int lastPart) {
    static BatchTask of(PartBatch batch) {
        return new BatchTask(batch.number(), batch.firstPart(), batch.lastPart());
    }

    PartBatch parts() {
        return new PartBatch(batch, firstPart, lastPart);
    }
}
