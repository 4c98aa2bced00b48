package imageferry.function.event;

import imageferry.bucket.Decision;
import java.util.List;

/**
 * The answer to the operator.
 *
 * @param done whether the confirmed operation has been done
 * @param count the number to confirm
 * @param message the state of the bucket, and the next command
 * @param keys the first of the objects in question, at most 1,000, each with a description where there is one
 */
public record BucketAnswer(boolean done, int count, String message, List<String> keys) {
    private static final int SHOWN = 1_000;

    public BucketAnswer {
        keys = List.copyOf(keys);
    }

    public static BucketAnswer of(Decision decision) {
        var objects = decision.objects();
        return new BucketAnswer(
                decision.done(),
                objects.size(),
                decision.message() + (objects.size() > SHOWN ? "; the first 1,000 are listed" : ""),
                objects.stream().limit(SHOWN).toList());
    }
}
