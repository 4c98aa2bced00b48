package imageferry.local.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** One change of an item, in the form that Lambda passes to a function. */
record StreamRecord(String shard, String sequenceNumber, Instant created, JsonNode json) {}
