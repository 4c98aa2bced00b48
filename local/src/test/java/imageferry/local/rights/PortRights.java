package imageferry.local.rights;

import static java.util.Map.entry;

import imageferry.local.rights.RequestedAction.Thing;
import java.util.Map;
import java.util.Set;

/**
 * The rights of each call of a port. {@link PortRightsTest} compares them with the requests to local mode. The rights
 * on keys are S3's documented ones ("Multipart upload API and permissions", and the pages of the operations).
 */
final class PortRights {
    private static final RequestedAction READ = new RequestedAction("s3:GetObject", Thing.OBJECT);
    private static final RequestedAction WRITE = new RequestedAction("s3:PutObject", Thing.OBJECT);
    private static final RequestedAction DELETE = new RequestedAction("s3:DeleteObject", Thing.OBJECT);
    private static final RequestedAction LIST_PARTS = new RequestedAction("s3:ListMultipartUploadParts", Thing.OBJECT);
    private static final RequestedAction ABORT = new RequestedAction("s3:AbortMultipartUpload", Thing.OBJECT);
    /** Without this right S3 answers "forbidden" for an absent object. */
    private static final RequestedAction LIST = new RequestedAction("s3:ListBucket", Thing.BUCKET);

    private static final RequestedAction LIST_UPLOADS =
            new RequestedAction("s3:ListBucketMultipartUploads", Thing.BUCKET);
    private static final RequestedAction DECRYPT = new RequestedAction("kms:Decrypt", Thing.KEY);
    private static final RequestedAction ENCRYPT = new RequestedAction("kms:GenerateDataKey", Thing.KEY);

    /** By the port and its method. A query needs the right to its index, a commit the rights of its writes. */
    static final Map<String, Set<RequestedAction>> OF_CALLS = Map.ofEntries(
            entry("Ledger.read(Key)", table("GetItem")),
            entry("Ledger.read(Collection)", table("BatchGetItem")),
            entry("Ledger.put", table("UpdateItem")),
            entry("Ledger.query", Set.of()),
            entry("Ledger.commit", Set.of()),
            entry("SnapshotStore.look", Set.of(READ, LIST, DECRYPT)),
            entry("SnapshotStore.wholeSha256", Set.of(READ, LIST, DECRYPT)),
            entry("SnapshotStore.read", Set.of(READ, LIST, DECRYPT)),
            entry("SnapshotStore.tags", Set.of(new RequestedAction("s3:GetObjectTagging", Thing.OBJECT), LIST)),
            entry("SnapshotStore.tag", Set.of(new RequestedAction("s3:PutObjectTagging", Thing.OBJECT))),
            entry(
                    "SnapshotStore.parts",
                    Set.of(READ, new RequestedAction("s3:GetObjectAttributes", Thing.OBJECT), LIST, DECRYPT)),
            entry("SnapshotStore.open", Set.of(WRITE, DECRYPT, ENCRYPT)),
            entry("SnapshotStore.uploads", Set.of(LIST_UPLOADS)),
            entry("SnapshotStore.uploadedParts", Set.of(LIST_PARTS, DECRYPT)),
            entry(
                    "SnapshotStore.copyPart",
                    Set.of(new RequestedAction("s3:GetObject", Thing.SOURCE), LIST, WRITE, DECRYPT, ENCRYPT)),
            entry("SnapshotStore.complete", Set.of(WRITE, DECRYPT, ENCRYPT)),
            entry("SnapshotStore.abort", Set.of(ABORT, LIST_PARTS, DECRYPT)),
            entry("SnapshotStore.delete", Set.of(DELETE)),
            entry("SnapshotStore.deleteUnchanged", Set.of(READ, DELETE, LIST, DECRYPT)),
            entry("SnapshotStore.text", Set.of(READ, LIST, DECRYPT)),
            entry("SnapshotStore.createText", Set.of(WRITE, ENCRYPT)),
            entry("SnapshotStore.replaceText", Set.of(WRITE, ENCRYPT)),
            entry("SnapshotStore.list", Set.of(LIST)),
            entry("SnapshotStore.link", Set.of(READ, DECRYPT)),
            entry("Executions.start", Set.of(new RequestedAction("states:StartExecution", Thing.STATE_MACHINE))),
            entry("Executions.state", Set.of(new RequestedAction("states:DescribeExecution", Thing.EXECUTION))),
            entry("Executions.go", Set.of(new RequestedAction("states:SendTaskSuccess", Thing.STATE_MACHINE))),
            entry("Executions.stop", Set.of(new RequestedAction("states:SendTaskFailure", Thing.STATE_MACHINE))),
            entry("Bus.publish", Set.of(new RequestedAction("events:PutEvents", Thing.BUS))));

    /** By the kind of write. */
    static final Map<String, Set<RequestedAction>> OF_WRITES = Map.of(
            "Put", table("PutItem"),
            "Update", table("UpdateItem"),
            "Delete", table("DeleteItem"),
            "Check", table("ConditionCheckItem"));

    private PortRights() {}

    private static Set<RequestedAction> table(String action) {
        return Set.of(new RequestedAction("dynamodb:" + action, Thing.TABLE));
    }
}
