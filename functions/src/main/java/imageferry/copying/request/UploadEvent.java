package imageferry.copying.request;

import imageferry.snapshot.Blob;
import imageferry.snapshot.BlobFacts;
import org.jspecify.annotations.Nullable;

/**
 * An uploaded object, as the store's event describes it. Events may come twice, late and in any order.
 *
 * @param eTag of the uploaded object, with or without quotes; null when the event has none
 * @param sizeBytes its length in bytes; 0 when the event has none
 * @param version distinguishes this upload from an earlier or later one of the same key
 */
public record UploadEvent(Blob blob, @Nullable String eTag, long sizeBytes, String version) {
    /** Returns whether the stored object is the uploaded one and was not replaced since. */
    boolean isOf(BlobFacts facts) {
        return eTag == null || bare(eTag).equals(bare(facts.eTag()));
    }

    private static String bare(String eTag) {
        return eTag.replace("\"", "");
    }
}
