package imageferry.aws;

import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.snapshot.Blob;
import imageferry.snapshot.OpenUpload;
import imageferry.snapshot.Part;
import imageferry.snapshot.SideBySide;
import imageferry.snapshot.StoreUnavailable;
import imageferry.snapshot.UploadId;
import imageferry.snapshot.UploadStillOpen;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Open multipart uploads in S3: listing, and aborting until nothing is left. */
final class S3Uploads {
    /** The number of tries, 6 s in all. The sweeper and the bucket's lifecycle rule remove parts that arrive later. */
    private static final int ROUNDS = 12;

    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(500);

    private static final int FORBIDDEN = 403;

    private final Regions regions;
    private final String owner;
    private final S3Clients clients;

    S3Uploads(Regions regions, S3Clients clients) {
        this.regions = regions;
        this.owner = regions.operator().value();
        this.clients = clients;
    }

    List<OpenUpload> list(Region region, String keyPrefix) {
        return clients
                .patient(region)
                .listMultipartUploadsPaginator(
                        r -> r.bucket(regions.bucket(region)).prefix(keyPrefix).expectedBucketOwner(owner))
                .uploads()
                .stream()
                .map(upload -> new OpenUpload(
                        new Blob(region, upload.key()), new UploadId(upload.uploadId()), upload.initiated()))
                .toList();
    }

    /** Requests all pages at once, as the part numbers of each page are known in advance. */
    List<Part> parts(Blob target, UploadId upload, int first, int last) {
        return SideBySide.all(PartPages.of(first, last)
                        .map(page -> asked(target, upload, page))
                        .toList())
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private Supplier<List<Part>> asked(Blob target, UploadId upload, PartPages.Page page) {
        return () -> clients
                .patient(target.region())
                .listParts(r -> r.bucket(regions.bucket(target.region()))
                        .key(target.key())
                        .uploadId(upload.value())
                        .partNumberMarker(page.first() - 1)
                        .maxParts(page.length())
                        .expectedBucketOwner(owner))
                .parts()
                .stream()
                .filter(part -> part.partNumber() <= page.last())
                .map(part ->
                        new Part(part.partNumber(), part.size(), textOf(part.checksumSHA256()), textOf(part.eTag())))
                .toList();
    }

    /** Aborts until S3 twice lists no parts, as parts in flight may arrive after an abort. */
    void abortUntilGone(Blob target, UploadId upload) {
        for (int round = 0, nothing = 0; round < ROUNDS; round++) {
            abort(target, upload);
            nothing = isEmpty(target, upload) ? nothing + 1 : 0;
            if (nothing == 2) {
                return;
            }
            if (nothing == 0) {
                pause();
            }
        }
        throw new UploadStillOpen("S3 still holds parts, or refuses to list them, of the aborted upload of " + target);
    }

    private void abort(Blob target, UploadId upload) {
        try {
            clients.patient(target.region())
                    .abortMultipartUpload(r -> r.bucket(regions.bucket(target.region()))
                            .key(target.key())
                            .uploadId(upload.value())
                            .expectedBucketOwner(owner));
        } catch (NoSuchUploadException _) {
            // The upload is already gone; the caller checks next whether it stays gone.
        }
    }

    /**
     * Returns whether S3 lists no parts. A refusal (403) shows nothing: S3 also refuses who may abort an upload under a
     * key, but may not use the key.
     */
    private boolean isEmpty(Blob target, UploadId upload) {
        try {
            return clients.patient(target.region())
                    .listParts(r -> r.bucket(regions.bucket(target.region()))
                            .key(target.key())
                            .uploadId(upload.value())
                            .maxParts(1)
                            .expectedBucketOwner(owner))
                    .parts()
                    .isEmpty();
        } catch (NoSuchUploadException _) {
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == FORBIDDEN) {
                return false;
            }
            throw e;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_ROUNDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("Interrupted while an upload was being aborted", e);
        }
    }

    static String textOf(@Nullable String answer) {
        return Objects.requireNonNullElse(answer, "");
    }
}
