package imageferry.bench.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Description of bytes that are not kept: runs of endless streams, each identified by a seed. Adjacent runs are merged,
 * so an object equals its source only if it consists of all the source's parts, in order.
 *
 * <p>A checksum covers this description instead of the bytes. It costs nothing at 5 TiB, and equal bytes have equal
 * checksums, however they were cut and joined. It is not the checksum of the bytes themselves.
 */
public record Content(List<Run> runs) {
    /** Bytes {@code first} to {@code first + length - 1} of the stream with that seed. */
    public record Run(long seed, long first, long length) {
        private boolean isFollowedBy(Run next) {
            return seed == next.seed && first + length == next.first;
        }
    }

    public Content {
        runs = List.copyOf(runs);
    }

    /** Returns the first bytes of a stream. */
    public static Content of(long seed, long length) {
        return new Content(List.of(new Run(seed, 0, length)));
    }

    /** Concatenates contents. */
    public static Content joined(List<Content> contents) {
        var joined = new ArrayList<Run>();
        for (var content : contents) {
            for (var run : content.runs) {
                if (!joined.isEmpty() && joined.getLast().isFollowedBy(run)) {
                    var last = joined.removeLast();
                    joined.add(new Run(last.seed, last.first, last.length + run.length));
                } else {
                    joined.add(run);
                }
            }
        }
        return new Content(joined);
    }

    /** Returns the length in bytes. */
    public long length() {
        return runs.stream().mapToLong(Run::length).sum();
    }

    /** Returns a range, which must be within the content. */
    public Content slice(long first, long length) {
        var slice = new ArrayList<Run>();
        var at = 0L;
        for (var run : runs) {
            var from = Math.max(first, at);
            var to = Math.min(first + length, at + run.length);
            if (from < to) {
                slice.add(new Run(run.seed, run.first + from - at, to - from));
            }
            at += run.length;
        }
        return new Content(slice);
    }

    /** Returns the checksum of the description; see above. */
    public byte[] digest(String algorithm) {
        var words = runs.stream()
                .map(run -> run.seed + ":" + run.first + "+" + run.length)
                .collect(Collectors.joining(","));
        return digest(algorithm, words.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has " + algorithm, e);
        }
    }
}
