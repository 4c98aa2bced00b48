package imageferry.function.view;

import imageferry.snapshot.Checksum;

/** Proof of an image's bytes: S3's own composite SHA-256, recomputable from a file with the part size. */
public record ChecksumView(String algorithm, String kind, String value, long partSizeBytes) {
    static ChecksumView of(Checksum checksum) {
        return new ChecksumView("SHA-256", "composite", checksum.value(), checksum.partSizeBytes());
    }
}
