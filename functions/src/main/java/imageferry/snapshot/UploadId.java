package imageferry.snapshot;

/** The store's own name for an open multipart upload. */
public record UploadId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
