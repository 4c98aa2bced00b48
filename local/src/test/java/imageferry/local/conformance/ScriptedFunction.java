package imageferry.local.conformance;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.function.error.CopyCancelled;
import imageferry.function.error.SnapshotCorrupt;
import imageferry.function.error.TemporarilyUnavailable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function controlled by its payload, on Lambda and in this JVM. It sleeps for {@code sleeps} seconds, throws an
 * error with the name {@code throws} while {@code attempt} is below {@code times}, and answers {@code letters} letters,
 * or {@code answer}, or else its payload.
 */
public final class ScriptedFunction implements RequestHandler<Map<String, Object>, @Nullable Object> {
    @Override
    public @Nullable Object handleRequest(Map<String, Object> payload, Context context) {
        sleep(number(payload, "sleeps", 0));
        if (payload.get("throws") instanceof String error
                && number(payload, "attempt", 0) < number(payload, "times", Integer.MAX_VALUE)) {
            throw named(error);
        }
        if (payload.containsKey("letters")) {
            return "x".repeat(number(payload, "letters", 0));
        }
        return payload.containsKey("answer") ? payload.get("answer") : payload;
    }

    private static int number(Map<String, Object> payload, String name, int otherwise) {
        return payload.get(name) instanceof Number number ? number.intValue() : otherwise;
    }

    private static RuntimeException named(String error) {
        return switch (error) {
            case "Busy" -> new TemporarilyUnavailable("later", new IllegalStateException("throttled"));
            case "Corrupt" -> new SnapshotCorrupt("part 7");
            case "Cancelled" -> new CopyCancelled("by its owner");
            default -> new IllegalArgumentException(error);
        };
    }

    private static void sleep(int seconds) {
        try {
            Thread.sleep(seconds * 1_000L);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
