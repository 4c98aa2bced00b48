package imageferry.snapshot;

import imageferry.region.Region;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores the bytes: one bucket per region. Bytes move from bucket to bucket inside the store; a caller only reads the
 * bytes that it needs to recognise the disk.
 *
 * <p>Every method may throw {@link StoreUnavailable} when the store stays throttled or out of reach after its own
 * bounded tries (the outcome is then unknown), and {@link StoreRefused} for a permanent refusal. A region whose bucket
 * was removed counts as empty, and removing from it does nothing.
 */
public interface SnapshotStore {
    /**
     * Returns an object's facts without reading its bytes; empty when there is none.
     *
     * @throws UnreadableObject when it is under a key that only its uploader has
     */
    Optional<BlobFacts> look(Blob blob);

    /**
     * S3's own SHA-256 of the whole object, in base64; empty when the upload did not ask S3 for one, or came in parts.
     *
     * @throws SourceChanged when it is gone or no longer has this ETag
     */
    Optional<String> wholeSha256(Blob blob, String eTag);

    /** The object's tags, which may change although its bytes do not; none without an object. */
    Map<String, String> tags(Blob blob);

    /** Gives the object these tags and no others, at most 10. An absent object is ignored. */
    void tag(Blob blob, Map<String, String> tags);

    /**
     * Exactly these bytes of an object.
     *
     * @param first counted from 0
     * @param length 1 byte–2 MiB, within the object
     * @throws SourceChanged when it is gone or no longer has this ETag
     */
    byte[] read(Blob blob, String eTag, long first, int length);

    /**
     * The parts of a finished object in order; empty when it was not uploaded in parts that have a SHA-256 each.
     *
     * @param expected the number of parts, 1–10,000; all of them are requested at once
     */
    List<Part> parts(Blob blob, int expected);

    /**
     * Opens a multipart upload that takes a SHA-256 for every part. One try only: another would open another.
     *
     * @param metadata user metadata of the object that is made, in ASCII, at most 2 KB (a limit of S3)
     */
    UploadId open(Blob target, Map<String, String> metadata);

    /** The open uploads with this prefix in one region's bucket. */
    List<OpenUpload> uploads(Region region, String keyPrefix);

    /**
     * Returns the existing ones of an open upload's parts, in order.
     *
     * @param first the lowest number that is asked for, at least 1
     * @param last the highest one, included
     * @throws UploadGone when it was completed or aborted
     */
    List<Part> uploadedParts(Blob target, UploadId upload, int first, int last);

    /**
     * Copies one part from bucket to bucket; it may be repeated. One try only: the caller, who knows the number of
     * other calls in progress, repeats it.
     *
     * @throws SourceChanged when the source is gone or no longer has this ETag
     * @throws UploadGone when the upload was completed or aborted
     */
    Part copyPart(PartCopy copy);

    /**
     * Makes the upload's parts one object, unless one of that key exists already.
     *
     * @param parts all of them, with the checksums that the store must find
     * @throws UploadGone when the upload was completed or aborted, or an object of that key exists: look at it
     */
    void complete(Blob target, UploadId upload, List<Part> parts, long sizeBytes);

    /** Aborts until the store holds nothing of the upload, as parts in flight may arrive after the first abort. */
    void abort(Blob target, UploadId upload);

    /** Deletes an object. An absent one is ignored. */
    void delete(Blob blob);

    /** Deletes the object of that ETag; another one that was put in its place stays. */
    void deleteUnchanged(Blob blob, String eTag);

    /** The objects with this prefix in one region's bucket. */
    List<StoredBlob> list(Region region, String keyPrefix);

    /**
     * The first objects with this prefix whose keys come after another key, in the order of the keys, by one request.
     *
     * @param after need not exist
     * @param most 1–1,000 (a limit of S3)
     */
    List<StoredBlob> list(Region region, String keyPrefix, String after, int most);

    /** The text of a small object, of at most 1 KiB; empty when there is none. */
    Optional<String> text(Blob blob);

    /** Stores a small text, unless there is an object of that key. Of several simultaneous calls, one has an effect. */
    void createText(Blob blob, String text);

    /** Stores a small text in place of any other. */
    void replaceText(Blob blob, String text);

    /** A link that lets its bearer read the object for that time, at most an hour, under that file name. */
    URI link(Blob blob, Duration validFor, String fileName);
}
