package imageferry.local.prove;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** The installation under proof: its outputs, and what the steps made in it. */
final class Installation {
    private static final String PREFIX = "imports/";

    private final Settings settings;
    private final Access access;
    private final Stacks stacks;
    private @Nullable Map<String, String> outputs;
    private @Nullable String original;
    private @Nullable String copy;

    Installation(Settings settings, Access access, Stacks stacks) {
        this.settings = settings;
        this.access = access;
        this.stacks = stacks;
    }

    Settings settings() {
        return settings;
    }

    Access access() {
        return access;
    }

    Stacks stacks() {
        return stacks;
    }

    S3Client s3(String region) {
        return access.s3(region);
    }

    Api api() throws IOException, InterruptedException {
        return api(access);
    }

    /** Returns the API as another account, role or user calls it. */
    Api api(Access caller) throws IOException, InterruptedException {
        return new Api(stacks.reachable(output("ApiUrl")), settings.home(), caller.credentials(), settings.emulated());
    }

    String stateMachine() throws IOException, InterruptedException {
        return output("StateMachine");
    }

    private String output(String name) throws IOException, InterruptedException {
        var known = outputs;
        if (known == null) {
            known = stacks.outputs();
            outputs = known;
        }
        return Objects.requireNonNull(known.get(name), name);
    }

    /** Returns the entry of a region in GET /regions: its bucket, and the caller's prefix there. */
    JsonNode region(String name) throws IOException, InterruptedException {
        for (var region : api().get("/regions").ok().path("regions")) {
            if (region.path("region").asText().equals(name)) {
                return region;
            }
        }
        throw new NotReady("GET /regions does not list " + name + ".");
    }

    /** Returns the account that owns the installation. */
    String account() throws IOException, InterruptedException {
        var prefix = region(settings.home()).path("importPrefix").asText();
        return prefix.substring(PREFIX.length(), prefix.length() - 1);
    }

    List<String> openUploads(String region) throws IOException, InterruptedException {
        var bucket = bucket(region);
        return s3(region).listMultipartUploads(r -> r.bucket(bucket)).uploads().stream()
                .map(upload -> upload.key())
                .toList();
    }

    List<String> keys(String region, String prefix) throws IOException, InterruptedException {
        var bucket = bucket(region);
        return s3(region).listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).contents().stream()
                .map(object -> object.key())
                .toList();
    }

    String bucket(String region) throws IOException, InterruptedException {
        return region(region).path("bucket").asText();
    }

    void imported(String image) {
        original = image;
    }

    void copied(String image) {
        copy = image;
    }

    String original() {
        return made(original, "image");
    }

    String copy() {
        return made(copy, "copy");
    }

    private static String made(@Nullable String image, String what) {
        if (image == null) {
            throw new NotReady("There is no " + what + ", because an earlier step did not succeed.");
        }
        return image;
    }
}
