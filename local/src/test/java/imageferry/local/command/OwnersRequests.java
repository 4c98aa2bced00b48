package imageferry.local.command;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The requests of the columns of status-by-operation.csv, sent by an image's owner. */
final class OwnersRequests {
    /** The operations that change an image so that a later column would notice. */
    private static final Set<String> WITH_A_TRACE =
            Set.of("cancel", "retry", "deprecate", "undeprecate", "publish", "withdraw", "sell", "restore");

    private static final Set<String> DELETIONS = Set.of("delete", "delete force", "purge");

    private final URI api;
    private final Map<String, Asking> columns = new LinkedHashMap<>();

    private interface Asking {
        String answer(Subject image) throws Exception;
    }

    OwnersRequests(URI api, Situations situations) {
        this.api = api;
        asks("show", "GET", "");
        columns.put("list", image -> listed(image, "Available"));
        columns.put("list all", image -> listed(image, "all"));
        asks("shares", "GET", "/shares");
        asks("copies", "GET", "/copies");
        asks("download", "GET", "/download");
        asks("unshare", "DELETE", "/shares/" + Situations.RECIPIENT);
        asks("share", "PUT", "/shares/" + Situations.RECIPIENT);
        columns.put("copy", image -> send(Request.of("POST", image.path() + "/copies", copyOf(image))));
        columns.put(
                "create instance",
                image -> send(Request.of(
                        "POST", "/instances", Map.of("imageId", image.imageId(), "region", image.region()))));
        columns.put(
                "replace system disk",
                image -> send(Request.of(
                        "PUT",
                        "/instances/" + situations.instanceIn(image.region()) + "/system-disk",
                        Map.of("imageId", image.imageId()))));
        columns.put("rename", image -> change(image, "name", AccountClient.newName()));
        columns.put("describe", image -> change(image, "description", "As told by its owner"));
        columns.put("unprotect", image -> change(image, "protected", false));
        columns.put("protect", image -> change(image, "protected", true));
        asks("cancel", "POST", "/cancel-copy");
        columns.put("retry", image -> send(Request.of("POST", "/copies/" + image.copyId() + "/retry")));
        columns.put("deprecate", image -> change(image, "status", "Deprecated"));
        columns.put("undeprecate", image -> change(image, "status", "Available"));
        columns.put("publish", image -> change(image, "public", true));
        columns.put("withdraw", image -> change(image, "public", false));
        columns.put("sell", image -> change(image, "productCode", "silver"));
        asks("delete", "DELETE", "");
        asks("delete force", "DELETE", "?force=true");
        asks("restore", "POST", "/restore");
        asks("purge", "DELETE", "?purge=true");
    }

    List<String> columns() {
        return List.copyOf(columns.keySet());
    }

    /** The API's answer, in the form of a cell. */
    String answer(String column, Subject image) throws Exception {
        var asking = columns.get(column);
        if (asking == null) {
            throw new IllegalArgumentException("Nobody knows what \"" + column + "\" asks");
        }
        return asking.answer(image);
    }

    /** Returns whether the column needs an image without earlier operations. */
    static boolean isAlone(String column, String expected) {
        return DELETIONS.contains(column) || (WITH_A_TRACE.contains(column) && expected.startsWith("2"));
    }

    private void asks(String column, String method, String path) {
        columns.put(column, image -> send(Request.of(method, image.path() + path)));
    }

    private String change(Subject image, String field, Object value) throws Exception {
        return send(Request.of("PATCH", image.path(), Map.of(field, value)));
    }

    private Map<String, ?> copyOf(Subject image) {
        var region = image.region().equals(Situations.SLOW) ? Situations.HOME : Situations.SLOW;
        return Map.of("targets", List.of(Map.of("region", region, "name", AccountClient.newName())));
    }

    private String listed(Subject image, String status) throws Exception {
        return Lists.holds(
                api,
                Demo.OPERATOR,
                "/images?region=" + image.region() + "&status=" + status,
                "images",
                "imageId",
                image.imageId());
    }

    private String send(Request request) throws Exception {
        return request.send(api, Demo.OPERATOR).inShort();
    }
}
