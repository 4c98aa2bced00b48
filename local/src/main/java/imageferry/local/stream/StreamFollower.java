package imageferry.local.stream;

import imageferry.local.data.DataDisk;
import imageferry.local.lambda.Answer;
import imageferry.local.lambda.Undelivered;
import imageferry.local.template.StreamMapping;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Runs one mapping: reads, filters, delivers and saves its position, on its own thread until it is closed. */
public final class StreamFollower implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(StreamFollower.class.getName());
    private static final int READ = 200;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    private final StreamMapping mapping;
    private final List<EventPattern> filters;
    private final StreamSource source;
    private final Checkpoint checkpoint;
    private final DataDisk disk;
    private final Delivery delivery;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private List<StreamRecord> read = List.of();

    StreamFollower(
            StreamMapping mapping,
            StreamSource source,
            Checkpoint checkpoint,
            Function<byte[], Answer> function,
            Undelivered undelivered,
            DataDisk disk,
            Clock clock) {
        this.mapping = mapping;
        this.filters = mapping.filters().stream().map(EventPattern::of).toList();
        this.source = source;
        this.checkpoint = checkpoint;
        this.disk = disk;
        this.delivery = new Delivery(mapping, function, undelivered, disk::isWritable, this::pause, clock);
        this.thread = Thread.ofVirtual().name("stream-" + mapping.function()).unstarted(this::follow);
    }

    /**
     * Starts at its saved position, at first at the stream's beginning.
     *
     * @param streams a client of the stream's endpoint
     * @param localStreamArn the stream's ARN at that endpoint; functions see the mapping's
     * @param folder the folder of the checkpoint, a file named by function and mapping
     */
    public static StreamFollower start(
            StreamMapping mapping,
            DynamoDbStreamsClient streams,
            String localStreamArn,
            String region,
            Path folder,
            Function<byte[], Answer> function,
            Undelivered undelivered,
            DataDisk disk) {
        var checkpoint = checkpoint(mapping, folder);
        var source = new TableStream(
                streams,
                localStreamArn,
                new RecordJson(mapping.streamArn(), region),
                checkpoint.read().orElse(null));
        return new StreamFollower(mapping, source, checkpoint, function, undelivered, disk, Clock.systemUTC())
                .started();
    }

    private static Checkpoint checkpoint(StreamMapping mapping, Path folder) {
        return new Checkpoint(folder.resolve(mapping.function() + "." + mapping.name() + ".json"));
    }

    /** Returns the sequence number of the last change that was delivered or given up; 0 when there is none. */
    public static long lastRead(StreamMapping mapping, Path folder) {
        return checkpoint(mapping, folder)
                .read()
                .map(position -> Long.parseLong(position.sequenceNumber()))
                .orElse(0L);
    }

    StreamFollower started() {
        thread.start();
        return this;
    }

    private void follow() {
        var wait = SHORTEST_PAUSE;
        try {
            while (closed.getCount() > 0) {
                if (round()) {
                    wait = SHORTEST_PAUSE;
                } else {
                    pause(wait);
                    wait = wait.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? wait.multipliedBy(2) : LONGEST_PAUSE;
                }
            }
        } catch (InterruptedException ending) {
            // Closed: deliveries after the saved position are repeated at the next start.
            return;
        }
    }

    /** Returns whether there were records. Unfinished ones, as on a full disk, stay for the next round. */
    private boolean round() throws InterruptedException {
        try {
            if (read.isEmpty()) {
                read = source.next(READ);
            }
            if (read.isEmpty()) {
                return false;
            }
            for (var batch : batches(read)) {
                delivery.deliver(batch);
                checkpoint.write(batch.getLast());
            }
            checkpoint.write(read.getLast());
            read = List.of();
            return true;
        } catch (UncheckedIOException full) {
            disk.failed(full);
            return false;
        } catch (RuntimeException failed) {
            if (closed.getCount() > 0) {
                LOG.log(Level.WARNING, "The stream of " + mapping.function() + " is read again in a moment.", failed);
            }
            return false;
        }
    }

    private List<List<StreamRecord>> batches(List<StreamRecord> records) {
        var wanted = records.stream().filter(this::isWanted).toList();
        var batches = new ArrayList<List<StreamRecord>>();
        for (var from = 0; from < wanted.size(); from += mapping.batchSize()) {
            batches.add(wanted.subList(from, Math.min(wanted.size(), from + mapping.batchSize())));
        }
        return batches;
    }

    private boolean isWanted(StreamRecord change) {
        return filters.isEmpty() || filters.stream().anyMatch(filter -> filter.matches(change.json()));
    }

    private void pause(Duration time) throws InterruptedException {
        if (closed.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("closed");
        }
    }

    /** Ends after the current delivery, or at once while it waits for a retry. */
    @Override
    public void close() {
        closed.countDown();
        try {
            if (!thread.join(Duration.ofSeconds(1))) {
                thread.interrupt();
                thread.join(Duration.ofSeconds(1));
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
