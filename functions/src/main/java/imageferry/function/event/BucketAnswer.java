package imageferry.function.event;

import java.util.List;

/**
 * The answer to the operator.
 *
 * @param done whether the confirmed operation has been done
 * @param count the number to confirm
 * @param message the state of the bucket, and the next command
 * @param keys the first of the objects in question, at most 1,000
 */
public record BucketAnswer(boolean done, int count, String message, List<String> keys) {
    public BucketAnswer {
        keys = List.copyOf(keys);
    }
}
