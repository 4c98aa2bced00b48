package imageferry.bench.tool;

import imageferry.bench.model.PeerModel;
import imageferry.bench.store.Request;
import imageferry.bench.store.SimulatedS3;
import imageferry.bench.store.SimulatedS3.NamedPart;
import imageferry.bench.store.SimulatedS3.Origin;
import imageferry.bench.store.SimulatedS3.Range;
import imageferry.bench.store.SimulatedS3Exception;
import imageferry.bench.store.StoredPart;
import imageferry.bench.timing.Time;
import imageferry.snapshot.PartPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Copies as a peer model does, on a simulated S3 in virtual time, without time lost in the client. */
public final class ModelledPeer {
    /** Longest pause in seconds, from the AWS SDKs; the other tools do not reach it. */
    private static final double LONGEST_PAUSE = 20;

    private final PeerModel peer;
    private final SimulatedS3 s3;
    private final Time time;
    private final RandomGenerator random;

    public ModelledPeer(PeerModel peer, SimulatedS3 s3, Time time, RandomGenerator random) {
        this.peer = peer;
        this.s3 = s3;
        this.time = time;
        this.random = random;
    }

    /** Request that may fail. */
    private interface Call<T> {
        T send() throws InterruptedException;
    }

    /** @throws CopyFailed when S3 fails permanently, or more often than the peer retries */
    public void copy(long sizeBytes) throws InterruptedException {
        var origin = new Origin(Job.source(), Optional.empty());
        var part = peer.partSizeBytes(sizeBytes);
        look(part.isEmpty() ? peer.looks().inOne() : peer.looks().inParts());
        if (part.isEmpty()) {
            patiently(() -> s3.copyObject(Job.target(), origin));
        } else {
            copyInParts(new PartPlan(sizeBytes, part.getAsLong()), origin);
        }
    }

    private void look(int times) throws InterruptedException {
        for (var looks = 0; looks < times; looks++) {
            s3.look(Request.HEAD_OBJECT, Job.source());
        }
    }

    private void copyInParts(PartPlan plan, Origin origin) throws InterruptedException {
        var upload = s3.open(Job.target(), false).id();
        var numbers = new ConcurrentLinkedQueue<>(plan.numbers().boxed().toList());
        var parts = new ArrayList<StoredPart>();
        try (var streams = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, Math.min(peer.streams(), plan.count()))
                    .mapToObj(stream -> streams.submit(() -> copyNext(plan, origin, upload, numbers)))
                    .toList();
            for (var stream : all) {
                parts.addAll(stream.get());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CopyFailed failed) {
                throw failed;
            }
            throw new CopyFailed("A stream failed: " + e.getCause());
        }
        parts.sort((one, other) -> Integer.compare(one.number(), other.number()));
        var named = parts.stream()
                .map(done -> new NamedPart(done.number(), done.eTag(), Optional.empty()))
                .toList();
        s3.complete(upload, named, false);
    }

    private List<StoredPart> copyNext(
            PartPlan plan, Origin origin, String upload, ConcurrentLinkedQueue<Integer> numbers)
            throws InterruptedException {
        var copied = new ArrayList<StoredPart>();
        for (var number = numbers.poll(); number != null; number = numbers.poll()) {
            var next = number;
            var range = plan.rangeOf(next).map(bytes -> new Range(bytes.first(), bytes.last()));
            try {
                copied.add(patiently(() -> s3.copyPart(upload, next, origin, range)));
            } catch (CopyFailed e) {
                // The copy has failed, so the other streams need not continue.
                numbers.clear();
                throw e;
            }
        }
        return copied;
    }

    private <T> T patiently(Call<T> call) throws InterruptedException {
        for (var tries = 1; ; tries++) {
            try {
                return call.send();
            } catch (SimulatedS3Exception e) {
                var retries = peer.retries();
                if (tries == retries.tries() || e.status() == 400) {
                    throw new CopyFailed(e.code() + " after " + tries + (tries == 1 ? " try" : " tries"));
                }
                time.sleep(length(e.status() == 503 ? retries.afterSlowDown() : retries.afterFailure(), tries));
            }
        }
    }

    private Duration length(PeerModel.Pause first, int tries) {
        var longest = Math.min(LONGEST_PAUSE, first.seconds() * (1L << Math.min(tries - 1, 10)));
        var share = first.sure() + (1 - first.sure()) * random.nextDouble();
        return Duration.ofNanos(Math.round(longest * share * 1e9));
    }
}
