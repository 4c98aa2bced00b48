package imageferry.bench.tool;

import imageferry.bench.model.PeerModel;
import imageferry.bench.physics.Time;
import imageferry.bench.store.Refusal;
import imageferry.bench.store.Request;
import imageferry.bench.store.SimulatedS3;
import imageferry.bench.store.SimulatedS3.NamedPart;
import imageferry.bench.store.SimulatedS3.Origin;
import imageferry.bench.store.SimulatedS3.Range;
import imageferry.bench.store.StoredPart;
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

/** A peer as its documents describe it, on a simulated S3 in virtual time: it loses no time of its own. */
public final class Modelled {
    /** In seconds; the SDKs', which the others do not reach. */
    private static final double LONGEST_PAUSE = 20;

    private final PeerModel peer;
    private final SimulatedS3 s3;
    private final Time time;
    private final RandomGenerator random;

    public Modelled(PeerModel peer, SimulatedS3 s3, Time time, RandomGenerator random) {
        this.peer = peer;
        this.s3 = s3;
        this.time = time;
        this.random = random;
    }

    /** A request that may be refused. */
    private interface Call<T> {
        T send() throws InterruptedException;
    }

    /** @throws CopyFailed when S3 refuses for good, or more often than the peer tries */
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
                // The copy is lost, so the other streams need not go on.
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
            } catch (Refusal e) {
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
