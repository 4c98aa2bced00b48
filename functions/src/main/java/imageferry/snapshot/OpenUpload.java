package imageferry.snapshot;

import java.time.Instant;

/** A multipart upload that was neither completed nor aborted. */
public record OpenUpload(Blob target, UploadId id, Instant openedAt) {}
