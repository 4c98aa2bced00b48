package imageferry.snapshot;

import java.time.Instant;

/** An object as a listing of its bucket shows it; the size is in bytes. */
public record StoredBlob(Blob blob, long sizeBytes, Instant storedAt) {}
