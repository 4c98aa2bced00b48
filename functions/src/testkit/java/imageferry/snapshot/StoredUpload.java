package imageferry.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An open upload, which receives parts. */
final class StoredUpload {
    private final Blob target;
    private final Map<String, String> metadata;
    private final Instant openedAt;
    private final Map<Integer, Bytes> bytes = new TreeMap<>();
    private final Map<Integer, Part> parts = new TreeMap<>();

    StoredUpload(Blob target, Map<String, String> metadata, Instant openedAt) {
        this.target = target;
        this.metadata = Map.copyOf(metadata);
        this.openedAt = openedAt;
    }

    Blob target() {
        return target;
    }

    Instant openedAt() {
        return openedAt;
    }

    synchronized List<Part> parts() {
        return List.copyOf(parts.values());
    }

    Part receive(int number, Bytes content, boolean withChecksum) {
        var sha256 = content.sha256();
        var part = new Part(number, content.length(), withChecksum ? sha256 : "", "\"p-" + sha256 + "\"");
        synchronized (this) {
            bytes.put(number, content);
            parts.put(number, part);
        }
        return part;
    }

    /** @param expected the checksum and size of each part; S3 refuses to join others */
    synchronized StoredObject joined(List<Part> expected, long sizeBytes, String eTag, Instant now) {
        var joined = Bytes.joined(
                expected.stream().map(part -> bytes.get(part.number())).toList());
        if (!expected.stream().allMatch(part -> part.equals(parts.get(part.number())))
                || joined.length() != sizeBytes) {
            throw new StoreRefused("A part is not what was expected of " + target);
        }
        var finished = expected.stream()
                .map(part -> new Part(part.number(), part.sizeBytes(), part.sha256(), ""))
                .toList();
        return new StoredObject(joined, eTag, finished, metadata, now);
    }
}
