package imageferry.local.command;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Reads whole lists. */
final class Lists {
    private Lists() {}

    /** The cell of a table: whether some entry of the list has that id, or how the list was refused. */
    static String holds(URI api, String account, String list, String entries, String idField, String id)
            throws Exception {
        var next = "";
        while (true) {
            var query = next.isEmpty() ? "" : (list.contains("?") ? "&" : "?") + "nextToken=" + next;
            var page = Request.of("GET", list + query).send(api, account);
            if (page.status() != 200) {
                return page.inShort();
            }
            for (var entry : page.body().path(entries)) {
                if (entry.path(idField).asText().equals(id)) {
                    return "200 listed";
                }
            }
            if (!page.body().has("nextToken")) {
                return "200 absent";
            }
            next = URLEncoder.encode(page.body().path("nextToken").asText(), StandardCharsets.UTF_8);
        }
    }
}
