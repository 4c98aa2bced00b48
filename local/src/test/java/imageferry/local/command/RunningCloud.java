package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.local.cloud.LocalCloud;
import imageferry.local.cloud.LocalSettings;
import imageferry.local.lambda.Failures;
import imageferry.local.machine.ExecutionDescription;
import imageferry.local.rights.UsedRights;
import imageferry.local.store.AccessCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A whole Imageferry on free ports, and the first steps of most tests. */
final class RunningCloud implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    static final List<String> REGIONS = List.of("us-east-1", "eu-west-1", "ap-southeast-2");

    private final LocalCloud cloud;
    private final String installation;
    final ApiClient api;
    final Buckets buckets;
    final CopyWatch watch;

    RunningCloud(Path data, Map<String, String> parameters) throws Exception {
        this(data, parameters, AccessCheck.lenient());
    }

    /** @param accessCheck may delay or refuse the functions' requests to the stores */
    RunningCloud(Path data, Map<String, String> parameters, AccessCheck accessCheck) throws Exception {
        this(data, parameters, accessCheck, Failures.UNHEARD);
    }

    /** @param failures receives failures without a waiting caller */
    RunningCloud(Path data, Map<String, String> parameters, AccessCheck accessCheck, Failures failures)
            throws Exception {
        var home = Home.folder();
        cloud = LocalCloud.start(
                new LocalSettings(home, data, 0, 0, REGIONS, parameters, Home.functionsZip(home)),
                accessCheck,
                failures,
                SharedFunctions::loader);
        installation = parameters.getOrDefault("Installation", "imageferry");
        api = new ApiClient(cloud.api(), Demo.OPERATOR);
        buckets = new Buckets(cloud.s3());
        watch = new CopyWatch(api, new Console(new PrintWriter(Writer.nullWriter())));
    }

    URI uri() {
        return cloud.api();
    }

    URI s3() {
        return cloud.s3();
    }

    /** The table's engine, for changes that no user can make. */
    URI dynamoDb() {
        return cloud.dynamoDb();
    }

    /** A function's environment, with the key of its own role. */
    Map<String, String> environmentOf(String function) {
        return cloud.environmentOf(function);
    }

    /** The names of all executions so far. */
    List<String> executions() {
        return cloud.executions().list().stream()
                .map(ExecutionDescription::name)
                .toList();
    }

    /** The details of the published events of a copy. */
    List<JsonNode> eventsOf(String copyId) throws IOException {
        var details = new ArrayList<JsonNode>();
        for (var event : cloud.events()) {
            var detail = JSON.readTree(event.detail());
            if (detail.path("copyId").asText().equals(copyId)) {
                details.add(detail);
            }
        }
        return details;
    }

    static String bucket(String region) {
        return bucket("imageferry", region);
    }

    static String bucket(String installation, String region) {
        return installation + "-" + Demo.OPERATOR + "-" + region;
    }

    /** Uploads and imports a disk into the home region. Returns the available image's id. */
    String imported(Path disk, String name) throws Exception {
        var key = "imports/" + Demo.OPERATOR + "/" + name;
        buckets.upload(REGIONS.getFirst(), bucket(installation, REGIONS.getFirst()), key, disk);
        var answer = api.post("/images", Map.of("region", REGIONS.getFirst(), "name", name, "importKey", key))
                .orExplain();
        if (!watch.untilEnded(answer.at("/copy/copyId").asText()).equals("Available")) {
            throw new IllegalStateException("The import did not become Available");
        }
        return answer.at("/image/imageId").asText();
    }

    ApiClient.Answer copy(String image, String region, String name) throws Exception {
        return api.post(
                "/images/" + image + "/copies", Map.of("targets", List.of(Map.of("region", region, "name", name))));
    }

    /** The one copy of an answer to a copy request. */
    static JsonNode only(ApiClient.Answer answer) {
        return answer.orExplain().at("/copies/0");
    }

    @Override
    public void close() {
        buckets.close();
        cloud.close();
        UsedRights.keep(cloud.usedRights());
        assertThat(cloud.missingRights())
                .as("requests of functions that their roles in template.yaml do not allow")
                .isEmpty();
    }
}
