package imageferry.local.store;

import java.util.List;
import java.util.stream.Stream;

/**
 * The permissions that a request to S3 needs on the regions' keys. S3's API reference lists them for objects and uploads
 * under a key, and every bucket of a region encrypts with the region's key.
 *
 * <p>S3 asks only for what exists, and asks a HEAD only if it wants the checksum. Here each request needs its
 * permissions, so that a missing one shows in every run.
 */
record KeyPermissions(StoreSettings settings) {
    private static final List<String> NONE = List.of();
    private static final List<String> DECRYPT = List.of("kms:Decrypt");
    private static final List<String> ENCRYPT = List.of("kms:GenerateDataKey");
    private static final List<String> BOTH = List.of("kms:Decrypt", "kms:GenerateDataKey");

    List<RequiredPermission> of(S3Call call) {
        var source = call.copySource();
        var ofSource = source == null ? Stream.<RequiredPermission>empty() : on(source.getBucket(), DECRYPT);
        return Stream.concat(ofSource, on(call.bucket(), actions(call))).toList();
    }

    private Stream<RequiredPermission> on(String bucket, List<String> actions) {
        return settings.regionOf(bucket).stream()
                .flatMap(region -> actions.stream().map(action -> new RequiredPermission(action, arn(region))));
    }

    private String arn(String region) {
        return "arn:aws:kms:" + region + ":" + settings.account() + ":key/" + settings.bucket(region);
    }

    private static List<String> actions(S3Call call) {
        if (call.key().isEmpty()
                || call.has("restore")
                || S3Permissions.OF_OBJECT.keySet().stream().anyMatch(call::has)) {
            return NONE;
        }
        return switch (call.method()) {
            case "GET", "HEAD" -> DECRYPT;
            // A deletion that compares the ETag needs the permission to read the object.
            case "DELETE" -> call.comparing() ? DECRYPT : NONE;
            case "PUT" -> call.has("uploadId") ? BOTH : ENCRYPT;
            case "POST" -> BOTH;
            default -> NONE;
        };
    }
}
