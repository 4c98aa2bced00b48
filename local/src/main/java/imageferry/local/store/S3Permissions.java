package imageferry.local.store;

import com.adobe.testing.s3mock.s3.dto.CopySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The permissions that a request to S3 needs, as its user guide lists them for each operation. */
final class S3Permissions {
    /** Parameter that names a part of a bucket or an object, and its name in IAM actions. */
    private static final Map<String, String> OF_BUCKET = Map.of(
            "acl", "BucketAcl",
            "cors", "BucketCORS",
            "encryption", "EncryptionConfiguration",
            "lifecycle", "LifecycleConfiguration",
            "location", "BucketLocation",
            "notification", "BucketNotification",
            "object-lock", "BucketObjectLockConfiguration",
            "policy", "BucketPolicy",
            "tagging", "BucketTagging",
            "versioning", "BucketVersioning");

    static final Map<String, String> OF_OBJECT = Map.of(
            "acl", "ObjectAcl",
            "legal-hold", "ObjectLegalHold",
            "retention", "ObjectRetention",
            "tagging", "ObjectTagging");

    private S3Permissions() {}

    static List<RequiredPermission> of(S3Call call) {
        if (call.bucket().isEmpty()) {
            return List.of(new RequiredPermission("s3:ListAllMyBuckets", "arn:aws:s3:::*"));
        }
        return call.key().isEmpty() ? ofBucket(call) : ofObject(call);
    }

    /** Returns the permission to see that an object does not exist; without it the answer is "denied". */
    static RequiredPermission toLearnOfAbsence(String bucket) {
        return new RequiredPermission("s3:ListBucket", arn(bucket));
    }

    private static List<RequiredPermission> ofBucket(S3Call call) {
        if (call.method().equals("POST")) {
            // The keys are in the body: one that may delete only some keys is refused here, and on S3 is not.
            var action = call.has("delete") ? "s3:DeleteObject" : "s3:PutObject";
            return List.of(new RequiredPermission(action, arn(call.bucket()) + "/*"));
        }
        var action = OF_BUCKET.entrySet().stream()
                .filter(part -> call.has(part.getKey()))
                .map(part -> verb(call) + part.getValue())
                .findFirst()
                .orElseGet(() -> switch (call.method()) {
                    case "PUT" -> "CreateBucket";
                    case "DELETE" -> "DeleteBucket";
                    default ->
                        call.has("uploads")
                                ? "ListBucketMultipartUploads"
                                : call.has("versions") ? "ListBucketVersions" : "ListBucket";
                });
        return List.of(new RequiredPermission("s3:" + action, arn(call.bucket())));
    }

    private static List<RequiredPermission> ofObject(S3Call call) {
        var permissions = new ArrayList<RequiredPermission>();
        if (call.copySource() != null) {
            permissions.add(new RequiredPermission("s3:GetObject", arn(call.copySource())));
        }
        var object = arn(call.bucket()) + "/" + call.key();
        for (var action : actionsOnObject(call)) {
            permissions.add(new RequiredPermission("s3:" + action, object));
        }
        return List.copyOf(permissions);
    }

    private static List<String> actionsOnObject(S3Call call) {
        for (var part : OF_OBJECT.entrySet()) {
            if (call.has(part.getKey())) {
                return List.of(verb(call) + part.getValue());
            }
        }
        var ofUpload = call.has("uploadId");
        return switch (call.method()) {
            case "GET", "HEAD" ->
                ofUpload
                        ? List.of("ListMultipartUploadParts")
                        : call.has("attributes") ? List.of("GetObject", "GetObjectAttributes") : List.of("GetObject");
            case "DELETE" ->
                ofUpload
                        ? List.of("AbortMultipartUpload")
                        : call.comparing() ? List.of("GetObject", "DeleteObject") : List.of("DeleteObject");
            case "POST" ->
                call.has("restore")
                        ? List.of("RestoreObject")
                        : call.tagged() ? List.of("PutObject", "PutObjectTagging") : List.of("PutObject");
            default -> call.tagged() ? List.of("PutObject", "PutObjectTagging") : List.of("PutObject");
        };
    }

    private static String verb(S3Call call) {
        return switch (call.method()) {
            case "GET", "HEAD" -> "Get";
            case "DELETE" -> "Delete";
            default -> "Put";
        };
    }

    private static String arn(CopySource source) {
        return arn(source.getBucket()) + "/" + source.getKey();
    }

    private static String arn(String bucket) {
        return "arn:aws:s3:::" + bucket;
    }
}
