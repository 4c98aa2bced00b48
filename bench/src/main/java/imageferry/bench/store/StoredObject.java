package imageferry.bench.store;

import imageferry.snapshot.PartPlan;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;

/**
 * Completed object.
 *
 * @param parts in order; empty for an object created by one request
 * @param eTag as S3 computes it, from the MD5s of the parts when there are parts; without quotes
 */
public record StoredObject(Content content, List<StoredPart> parts, String eTag) {
    public StoredObject {
        parts = List.copyOf(parts);
    }

    static StoredObject inOne(Content content) {
        return new StoredObject(content, List.of(), HexFormat.of().formatHex(content.digest("MD5")));
    }

    static StoredObject of(List<StoredPart> parts) {
        var all = new ByteArrayOutputStream();
        parts.forEach(part -> all.writeBytes(part.content().digest("MD5")));
        return new StoredObject(
                Content.joined(parts.stream().map(StoredPart::content).toList()),
                parts,
                HexFormat.of().formatHex(Content.digest("MD5", all.toByteArray())) + "-" + parts.size());
    }

    /** Creates the object that an upload in the parts of the plan would create. */
    public static StoredObject of(long seed, PartPlan plan) {
        var whole = Content.of(seed, plan.sizeBytes());
        return of(plan.numbers()
                .mapToObj(number ->
                        new StoredPart(number, whole.slice((number - 1) * plan.partSizeBytes(), plan.sizeOf(number))))
                .toList());
    }

    public long sizeBytes() {
        return content.length();
    }
}
