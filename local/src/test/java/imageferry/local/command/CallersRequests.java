package imageferry.local.command;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The requests of the rows of route-by-caller.csv: a route and, where the route is ambiguous, the case. */
final class CallersRequests {
    private static final String ANOTHER_ACCOUNT = "666666666666";

    private final URI api;
    private final Map<String, String> instances;
    private final String otherRecipient;
    private final Map<String, Asking> rows = new LinkedHashMap<>();

    private interface Asking {
        String answer(String caller, Belongings of) throws Exception;
    }

    /**
     * Prepares the requests.
     *
     * @param instances each caller's own
     * @param otherRecipient an account with shared images that sends no requests
     */
    CallersRequests(URI api, Map<String, String> instances, String otherRecipient) {
        this.api = api;
        this.instances = instances;
        this.otherRecipient = otherRecipient;
        images();
        shares();
        copies();
        instances();
        tickets();
        asks("GET /regions", "-", (caller, of) -> Request.of("GET", "/regions"));
        asks("GET /usage", "the caller's own", (caller, of) -> Request.of("GET", "/usage"));
        asks("GET /usage", "the owner's", (caller, of) -> Request.of("GET", "/usage?account=" + of.owner()));
    }

    private void images() {
        asks(
                "POST /images",
                "the owner's upload",
                (caller, of) -> Request.of(
                        "POST",
                        "/images",
                        Map.of(
                                "region",
                                Situations.NEAR,
                                "name",
                                AccountClient.newName(),
                                "importKey",
                                of.uploadKey())));
        rows.put(
                key("GET /images", "owner=all"),
                (caller, of) -> Lists.holds(
                        api,
                        caller,
                        "/images?owner=all&region=" + of.image().region(),
                        "images",
                        "imageId",
                        of.image().imageId()));
        asks(
                "GET /images/{imageId}",
                "-",
                (caller, of) -> Request.of("GET", of.image().path()));
        change("its description", Map.of("description", "As told by its owner"));
        change("public", Map.of("public", true));
        change("product code", Map.of("productCode", "silver"));
        asks(
                "DELETE /images/{imageId}",
                "force",
                (caller, of) -> Request.of("DELETE", of.doomed().path() + "?force=true"));
        asks(
                "POST /images/{imageId}/restore",
                "in the bin",
                (caller, of) -> Request.of("POST", of.doomed().path() + "/restore"));
        asks(
                "DELETE /images/{imageId}",
                "purge outside the bin",
                (caller, of) -> Request.of("DELETE", of.doomed().path() + "?purge=true"));
        asks(
                "GET /images/{imageId}/download",
                "-",
                (caller, of) -> Request.of("GET", of.image().path() + "/download"));
    }

    private void change(String what, Map<String, ?> change) {
        asks(
                "PATCH /images/{imageId}",
                what,
                (caller, of) -> Request.of("PATCH", of.image().path(), change));
    }

    private void shares() {
        asks(
                "GET /images/{imageId}/shares",
                "-",
                (caller, of) -> Request.of("GET", of.image().path() + "/shares"));
        share("PUT", "with a fourth account", ANOTHER_ACCOUNT);
        share("DELETE", "another recipient's", otherRecipient);
        asks(
                "DELETE /images/{imageId}/shares/{accountId}",
                "the caller's own",
                (caller, of) -> Request.of("DELETE", of.left().path() + "/shares/" + caller));
    }

    private void share(String method, String what, String account) {
        asks(
                method + " /images/{imageId}/shares/{accountId}",
                what,
                (caller, of) -> Request.of(method, of.image().path() + "/shares/" + account));
    }

    private void copies() {
        asks(
                "POST /images/{imageId}/copies",
                "-",
                (caller, of) -> Request.of(
                        "POST",
                        of.image().path() + "/copies",
                        Map.of(
                                "targets",
                                List.of(Map.of("region", Situations.SLOW, "name", AccountClient.newName())))));
        asks(
                "GET /images/{imageId}/copies",
                "-",
                (caller, of) -> Request.of("GET", of.image().path() + "/copies"));
        asks(
                "POST /images/{imageId}/cancel-copy",
                "still being made and to be shared",
                (caller, of) -> Request.of("POST", of.making().path() + "/cancel-copy"));
        asks(
                "POST /images/{imageId}/cancel-copy",
                "available",
                (caller, of) -> Request.of("POST", of.image().path() + "/cancel-copy"));
        asks(
                "POST /images/{imageId}/retry-copy",
                "of a cancelled copy",
                (caller, of) -> Request.of("POST", of.alsoCancelled().path() + "/retry-copy"));
        rows.put(key("GET /copies", "the caller's own"), (caller, of) -> listed(caller, "/copies", of));
        rows.put(
                key("GET /copies", "the owner's"), (caller, of) -> listed(caller, "/copies?account=" + of.owner(), of));
        asks(
                "GET /copies/{copyId}",
                "-",
                (caller, of) -> Request.of("GET", "/copies/" + of.image().copyId()));
        asks(
                "POST /copies/{copyId}/cancel",
                "still being made and to be shared",
                (caller, of) -> Request.of("POST", "/copies/" + of.alsoMaking().copyId() + "/cancel"));
        asks(
                "POST /copies/{copyId}/cancel",
                "available",
                (caller, of) -> Request.of("POST", "/copies/" + of.image().copyId() + "/cancel"));
        asks(
                "POST /copies/{copyId}/retry",
                "a cancelled copy",
                (caller, of) -> Request.of("POST", "/copies/" + of.cancelled().copyId() + "/retry"));
        asks("GET /groups/{groupId}", "-", (caller, of) -> Request.of("GET", "/groups/" + of.groupId()));
    }

    private String listed(String caller, String list, Belongings of) throws Exception {
        return Lists.holds(api, caller, list, "copies", "copyId", of.image().copyId());
    }

    private void instances() {
        asks(
                "POST /instances",
                "from the image",
                (caller, of) -> Request.of(
                        "POST",
                        "/instances",
                        Map.of(
                                "imageId",
                                of.image().imageId(),
                                "region",
                                of.image().region())));
        asks(
                "GET /instances/{instanceId}",
                "the owner's instance",
                (caller, of) -> Request.of("GET", "/instances/" + of.instanceId()));
        asks(
                "DELETE /instances/{instanceId}",
                "the owner's instance",
                (caller, of) -> Request.of("DELETE", "/instances/" + of.doomedInstanceId()));
        asks(
                "PUT /instances/{instanceId}/system-disk",
                "the owner's instance",
                (caller, of) -> disk(of.instanceId(), of.image()));
        asks(
                "PUT /instances/{instanceId}/system-disk",
                "the caller's instance and the image",
                (caller, of) -> disk(String.valueOf(instances.get(caller)), of.image()));
    }

    private static Request disk(String instance, Subject image) {
        return Request.of("PUT", "/instances/" + instance + "/system-disk", Map.of("imageId", image.imageId()));
    }

    private void tickets() {
        rows.put(
                key("GET /tickets", "-"),
                (caller, of) -> Lists.holds(
                        api,
                        caller,
                        "/tickets",
                        "tickets",
                        "ticketId",
                        of.tickets().getFirst()));
        asks(
                "POST /tickets/{ticketId}/approve",
                "-",
                (caller, of) -> Request.of("POST", "/tickets/" + of.tickets().getFirst() + "/approve"));
        asks(
                "POST /tickets/{ticketId}/reject",
                "-",
                (caller, of) -> Request.of("POST", "/tickets/" + of.tickets().getLast() + "/reject"));
    }

    private interface Asked {
        Request of(String caller, Belongings belongings);
    }

    private void asks(String route, String what, Asked request) {
        rows.put(
                key(route, what),
                (caller, of) -> request.of(caller, of).send(api, caller).inShort());
    }

    private static String key(String route, String what) {
        return route + ", " + what;
    }

    /** The subjects of the rows. */
    Set<String> rows() {
        return Set.copyOf(rows.keySet());
    }

    /** The API's answer to an account that asks for another's belongings, in the form of a cell. */
    String answer(RuleTable.Row row, String caller, Belongings of) throws Exception {
        var asking = rows.get(row.toString());
        if (asking == null) {
            throw new IllegalArgumentException("Nobody knows what \"" + row + "\" asks for");
        }
        return asking.answer(caller, of);
    }
}
