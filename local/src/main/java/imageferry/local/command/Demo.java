package imageferry.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.rule.Count;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The demo, step by step. Each wrong result is printed and recorded. */
final class Demo {
    static final String OPERATOR = "111111111111";
    private static final String PARTNER = "222222222222";

    private final Console console;
    private final ApiClient api;
    private final Buckets buckets;
    private final DiskFile disk;
    private final CopyWatch watch;
    private final List<List<String>> table =
            new ArrayList<>(List.of(List.of("image", "region", "status", "bytes", "SHA-256", "equal")));
    private boolean asItMustBe = true;

    Demo(Console console, ApiClient api, Buckets buckets, DiskFile disk) {
        this.console = console;
        this.api = api;
        this.buckets = buckets;
        this.disk = disk;
        this.watch = new CopyWatch(api, console);
    }

    /** Returns whether every result was right. */
    boolean run() throws IOException, InterruptedException {
        var regions = api.get("/regions").orExplain().path("regions");
        if (regions.size() < 3) {
            throw new Explained("The demo needs three regions, not " + regions.size() + "; give --regions a,b,c");
        }
        var home = regions.get(0);
        console.say("Disk: " + disk.file() + ", " + Count.of(disk.sizeBytes(), "byte") + ", SHA-256 " + disk.sha256());

        console.say("Importing it into " + region(home));
        var key = home.path("importPrefix").asText() + disk.file().getFileName();
        buckets.upload(region(home), home.path("bucket").asText(), key, disk.file());
        var imported = importDisk(region(home), key);
        var original = imported.at("/image/imageId").asText();
        mustBe(
                "the import is Available",
                watch.untilEnded(imported.at("/copy/copyId").asText()),
                "Available");

        console.say("Copying it to " + region(regions.get(1)) + " and " + region(regions.get(2)) + ", the first shared"
                + " with account " + PARTNER);
        var group = api.post(
                        "/images/" + original + "/copies",
                        Map.of(
                                "targets",
                                List.of(
                                        Map.of("region", region(regions.get(1)), "shareWith", List.of(PARTNER)),
                                        Map.of("region", region(regions.get(2))))))
                .orExplain();
        refused(
                "deleting the source during the copies",
                api.delete("/images/" + original),
                "OperationDenied.ImageCopying");
        refused(
                "using the same name twice",
                copy(original, region(regions.get(1)), "demo-disk"),
                "InvalidImageName.Duplicated");
        var statuses = watch.untilEnded(ids(group));
        mustBe("both copies are Available", statuses, List.of("Available", "Available"));

        cancelOne(original, region(regions.get(1)));
        var shared = group.at("/copies/0/imageId").asText();
        askTheRules(original, shared, region(home), region(regions.get(1)));
        prove(original, home);
        prove(shared, regions.get(1));
        prove(group.at("/copies/1/imageId").asText(), regions.get(2));
        boot(shared, region(regions.get(1)));
        for (var region : regions) {
            nothingLeft(region);
        }
        console.table(table);
        console.say(asItMustBe ? "Every byte is where it must be." : "Something is wrong: see above.");
        return asItMustBe;
    }

    /** Imports a disk. If its format is not recognised and the answer offers that, it is imported as raw. */
    private JsonNode importDisk(String region, String key) throws IOException, InterruptedException {
        var request = new HashMap<>(Map.of("region", region, "name", "demo-disk", "importKey", key));
        var answer = api.post("/images", request);
        if (answer.code().equals("InvalidImageFormat.Unknown")
                && answer.body().path("detail").asText().contains("set the format to raw")) {
            console.say("  Its format is not recognised, so the request says that it is raw");
            request.put("format", "raw");
            answer = api.post("/images", request);
        }
        var image = answer.orExplain().path("image");
        console.say("  It is %s; a guest sees %s; boot mode %s"
                .formatted(
                        image.path("format").asText(),
                        Count.of(image.path("virtualSizeBytes").asLong(), "byte"),
                        image.path("bootMode").asText("not known")));
        return answer.orExplain();
    }

    private void cancelOne(String original, String region) throws IOException, InterruptedException {
        console.say("Copying it again, and cancelling that copy");
        var copy = copy(original, region, "demo-cancelled").orExplain().at("/copies/0");
        var image = copy.path("imageId").asText();
        api.post("/images/" + image + "/cancel-copy", Map.of()).orExplain();
        mustBe(
                "the cancelled copy is Cancelled",
                watch.untilEnded(copy.path("copyId").asText()),
                "Cancelled");
        refused("using the cancelled image", api.get("/images/" + image + "/download"), "IncorrectImageStatus");
        var again = copy(original, region, "demo-cancelled").orExplain().at("/copies/0");
        mustBe(
                "its name can be used again",
                watch.untilEnded(again.path("copyId").asText()),
                "Available");
        row(api.get("/images/" + image).orExplain(), "-", "-");
    }

    private void askTheRules(String original, String shared, String home, String region)
            throws IOException, InterruptedException {
        refused(
                "booting in another region than the image's",
                api.post("/instances", Map.of("imageId", original, "region", region)),
                "OperationDenied.ImageInOtherRegion");
        var list = api.as(PARTNER)
                .get("/images?region=" + region + "&owner=shared")
                .orExplain();
        mustBe("the partner sees the shared copy", list.at("/images/0/imageId").asText(), shared);
        refused("copying an image that is only shared", copyAs(PARTNER, shared, home), "OperationDenied.SharedImage");
        refused(
                "reading an image that is not shared",
                api.as(PARTNER).get("/images/" + original),
                "InvalidImageId.NotFound");
    }

    private void prove(String imageId, JsonNode region) throws IOException, InterruptedException {
        var image = api.get("/images/" + imageId).orExplain();
        var bucket = region.path("bucket").asText();
        var url = api.get("/images/" + imageId + "/download").orExplain().path("url");
        var key = URI.create(url.asText()).getPath().substring(("/" + bucket + "/").length());
        if (buckets.keys(region(region), bucket, key).contains(key)) {
            var sha256 = buckets.sha256(region(region), bucket, key);
            row(image, sha256, equal(sha256));
        } else {
            row(image, "no bytes", "no");
            asItMustBe = false;
        }
    }

    private void boot(String imageId, String region) throws IOException, InterruptedException {
        console.say("Creating an instance from the copy in " + region + " and reading its system disk");
        var instance = api.post("/instances", Map.of("imageId", imageId, "region", region))
                .orExplain();
        try (var bytes =
                URI.create(instance.at("/systemDisk/url").asText()).toURL().openStream()) {
            mustBe("the instance's disk is the disk", DiskFile.sha256(bytes), disk.sha256());
        }
        api.delete("/instances/" + instance.path("instanceId").asText()).orExplain();
    }

    private void nothingLeft(JsonNode region) {
        var bucket = region.path("bucket").asText();
        mustBe("no upload is left open in " + region(region), buckets.openUploads(region(region), bucket), List.of());
        mustBe(
                "no uploaded disk is left in " + region(region),
                buckets.keys(region(region), bucket, "imports/"),
                List.of());
    }

    private ApiClient.Answer copy(String image, String region, String name) throws IOException, InterruptedException {
        return api.post(
                "/images/" + image + "/copies", Map.of("targets", List.of(Map.of("region", region, "name", name))));
    }

    private ApiClient.Answer copyAs(String account, String image, String region)
            throws IOException, InterruptedException {
        return api.as(account)
                .post("/images/" + image + "/copies", Map.of("targets", List.of(Map.of("region", region))));
    }

    private static List<String> ids(JsonNode group) {
        return Stream.iterate(0, i -> i < group.path("copies").size(), i -> i + 1)
                .map(i -> group.at("/copies/" + i + "/copyId").asText())
                .toList();
    }

    private void row(JsonNode image, String sha256, String equal) {
        table.add(List.of(
                image.path("name").asText(),
                image.path("region").asText(),
                image.path("status").asText(),
                Count.of(image.path("sizeBytes").asLong()),
                sha256.length() > 16 ? sha256.substring(0, 16) + "…" : sha256,
                equal));
    }

    private String equal(String sha256) {
        asItMustBe &= sha256.equals(disk.sha256());
        return sha256.equals(disk.sha256()) ? "yes" : "NO";
    }

    private void refused(String what, ApiClient.Answer answer, String code) {
        mustBe("refused: " + what, answer.code(), code);
    }

    private void mustBe(String what, Object found, Object expected) {
        var right = found.equals(expected);
        asItMustBe &= right;
        console.say((right ? "  ok    " : "  WRONG ") + what + (right ? "" : ": " + found + ", not " + expected));
    }

    private static String region(JsonNode region) {
        return region.path("region").asText();
    }
}
