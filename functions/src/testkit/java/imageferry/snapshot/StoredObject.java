package imageferry.snapshot;

import java.time.Instant;
import java.util.List;

/** A finished object. It has parts when it was uploaded in parts. */
record StoredObject(Bytes bytes, String eTag, List<Part> parts, Instant storedAt) {}
