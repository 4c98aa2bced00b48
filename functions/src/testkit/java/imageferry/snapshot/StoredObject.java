package imageferry.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A finished object. It has parts when it was uploaded in parts. */
record StoredObject(Bytes bytes, String eTag, List<Part> parts, Map<String, String> metadata, Instant storedAt) {}
