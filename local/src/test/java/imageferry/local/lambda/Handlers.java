package imageferry.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Handlers in the style of a project, for the tests of their runtime. */
public final class Handlers {
    public static final ScopedValue<Map<String, String>> ENVIRONMENT = ScopedValue.newInstance();
    static final AtomicInteger CONSTRUCTED = new AtomicInteger();

    private Handlers() {}

    /** Answers its event, and the facts of its construction. */
    public static final class Echo implements RequestStreamHandler {
        private final String key;

        public Echo() {
            CONSTRUCTED.incrementAndGet();
            key = ENVIRONMENT.get().getOrDefault("AWS_ACCESS_KEY_ID", "");
        }

        @Override
        public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
            System.out.println("printed by " + context.getFunctionName());
            Thread.ofVirtual().start(() -> context.getLogger().log("logged by a thread of its own"));
            answer.write((key + " " + new String(event.readAllBytes(), StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    public record Question(String word) {}

    public record Length(int characters, int remainingMillis) {}

    /** Reads and writes records. */
    public static final class Counts implements RequestHandler<Question, Length> {
        @Override
        public Length handleRequest(Question question, Context context) {
            return new Length(question.word().length(), context.getRemainingTimeInMillis());
        }
    }

    public static final class Throws implements RequestHandler<Question, Length> {
        @Override
        public Length handleRequest(Question question, Context context) {
            throw new IllegalStateException("no " + question.word(), new IOException("disk"));
        }
    }

    public static final class CannotBeMade implements RequestStreamHandler {
        public CannotBeMade() {
            throw new IllegalArgumentException("TABLE_NAME is missing");
        }

        @Override
        public void handleRequest(InputStream event, OutputStream answer, Context context) {}
    }

    /** Logs its event as a warning. */
    public static final class Warns implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
            System.getLogger("warns")
                    .log(System.Logger.Level.WARNING, new String(event.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Never ends by itself. */
    public static final class Hangs implements RequestStreamHandler {
        static final CountDownLatch INTERRUPTED = new CountDownLatch(1);

        @Override
        public void handleRequest(InputStream event, OutputStream answer, Context context) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stopped) {
                INTERRUPTED.countDown();
            }
        }
    }
}
