package imageferry.copying.request;

import imageferry.snapshot.Blob;
import imageferry.snapshot.BlobFacts;
import org.jspecify.annotations.Nullable;

/**
 * An upload that landed, as the store's event tells it. Events may come twice, late and in any order.
 *
 * @param eTag of the object that landed, with or without quotes; null when the event does not say
 * @param sizeBytes its length in bytes; 0 when the event does not say
 * @param version tells this upload from an earlier or later one of the same key
 */
public record UploadEvent(Blob blob, @Nullable String eTag, long sizeBytes, String version) {
    /** Whether what the store holds now is what landed, and not what was put in its place since. */
    boolean isOf(BlobFacts facts) {
        return eTag == null || bare(eTag).equals(bare(facts.eTag()));
    }

    private static String bare(String eTag) {
        return eTag.replace("\"", "");
    }
}
