package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A story that creates every kind of secret leaves none of them in any line of any log. */
@Timeout(300)
@Tag("slow")
class SecretsInLogsTest {
    private static final String HOME = RunningCloud.REGIONS.get(0);
    private static final String AWAY = RunningCloud.REGIONS.get(1);
    private static final String FRIEND = "333333333333";

    @TempDir
    Path folder;

    private final List<String> links = new ArrayList<>();
    private final List<String> places = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();

    @Test
    void no_log_contains_a_secret_and_no_answer_contains_a_task_token() throws Exception {
        var data = folder.resolve("data");
        var keys = new ArrayList<String>();
        try (var cloud = new RunningCloud(data, Map.of("ApprovalAboveBytes", "100000"));
                var table = table(cloud)) {
            tell(cloud, table);
            keys.add(text(table, "SECRET#lists", "SECRET", "secret"));
        }

        assertThat(links).hasSizeGreaterThan(2).allMatch(link -> link.contains("X-Amz-Signature="));
        assertThat(places).isNotEmpty();
        assertThat(tokens).hasSizeGreaterThan(1).allMatch(LoggedSecrets::isTaskToken);
        try (var logs = Files.list(data.resolve("logs"))) {
            assertThat(logs.filter(log -> log.toFile().length() > 0)).hasSizeGreaterThan(15);
        }
        var secrets =
                Stream.of(links, places, tokens, keys).flatMap(List::stream).toList();
        assertThat(LoggedSecrets.in(data, secrets)).isEmpty();
        assertThat(answers).noneMatch(answer -> tokens.stream().anyMatch(answer::contains));
    }

    @Test
    void each_kind_of_secret_would_be_found() {
        var token = "Yy1hYWFhYWFhYWFhYWFhYWFhYS8wMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY";

        assertThat(LoggedSecrets.isSpilled("at http://b/k?X-Amz-Signature=3a00", List.of()))
                .isTrue();
        assertThat(LoggedSecrets.isSpilled("woke it by " + token + ".", List.of()))
                .isTrue();
        assertThat(LoggedSecrets.isSpilled("page nt-1 of nt-9", List.of("nt-9")))
                .isTrue();
        assertThat(LoggedSecrets.isSpilled("Copy c-aaaaaaaaaaaaaaaaa is Available", List.of("nt-9")))
                .isFalse();
    }

    private void tell(RunningCloud cloud, DynamoDbClient table) throws Exception {
        var ann = new AccountClient(cloud, "222222222222");
        var operator = new AccountClient(cloud, Demo.OPERATOR);
        var small = SmallDisk.make(folder.resolve("small.img"), 50_176);
        var large = SmallDisk.make(folder.resolve("large.img"), 200_192);
        var image = ann.imports(HOME, small);
        var big = ann.imports(HOME, large);
        ann.awaits("Available", List.of(image, big));

        var shared = ann.copies(image, AWAY, FRIEND);
        var approved = ann.copies(big, AWAY);
        var rejected = ann.copies(big, AWAY);
        ann.awaits("Available", List.of(shared));
        ann.awaits("PendingApproval", List.of(approved, rejected));
        for (var copy : List.of(approved, rejected)) {
            tokens.add(parkedToken(table, copy));
        }
        decide(operator, approved, "approve");
        decide(operator, rejected, "reject");
        ann.awaits("Available", List.of(approved));
        ann.awaits("Failed", List.of(rejected));

        var friend = new AccountClient(cloud, FRIEND);
        var instance = friend.does("POST", "/instances", Map.of("imageId", shared.imageId(), "region", AWAY));
        links.add(instance.at("/systemDisk/url").asText());
        links.add(friend.does("GET", "/instances/" + instance.path("instanceId").asText(), Map.of())
                .at("/systemDisk/url")
                .asText());
        links.add(heard(ann.does("GET", "/images/" + image.imageId() + "/download", Map.of()))
                .path("url")
                .asText());
        var page = heard(ann.does("GET", "/copies?pageSize=1", Map.of()));
        places.add(page.path("nextToken").asText());
        heard(ann.does("GET", "/copies?pageSize=1&nextToken=" + places.getFirst(), Map.of()));
        refused(cloud, "GET", "/copies?nextToken=" + places.getFirst() + "x", "");
        refused(cloud, "POST", "/images", "{\"name\":\"" + tokens.getFirst() + "\"}");
        ann.does("DELETE", "/images/" + approved.imageId(), Map.of());
    }

    private void decide(AccountClient operator, Subject copy, String decision) throws Exception {
        var ticket = heard(operator.does("GET", "/copies/" + copy.copyId(), Map.of()))
                .path("ticketId")
                .asText();
        heard(operator.does("POST", "/tickets/" + ticket + "/" + decision, Map.of()));
    }

    private void refused(RunningCloud cloud, String method, String path, String body) throws Exception {
        var reply = new Request(method, path, body).send(cloud.uri(), "222222222222");
        assertThat(reply.status()).isBetween(400, 499);
    }

    private JsonNode heard(JsonNode answer) {
        answers.add(answer.toString());
        return answer;
    }

    /** The copy is parked a moment after its status shows that it waits. */
    private static String parkedToken(DynamoDbClient table, Subject copy) throws Exception {
        return Await.until(
                        "the task token of " + copy.copyId(),
                        Duration.ofSeconds(60),
                        () -> Optional.ofNullable(item(table, "COPY#" + copy.copyId(), "COPY")
                                        .get("wake"))
                                .map(wake -> wake.m().get("token")),
                        Optional::isPresent)
                .orElseThrow()
                .s();
    }

    private static String text(DynamoDbClient table, String pk, String sk, String field) {
        return item(table, pk, sk).get(field).s();
    }

    private static Map<String, AttributeValue> item(DynamoDbClient table, String pk, String sk) {
        return table.getItem(request -> request.tableName("Imageferry")
                        .consistentRead(true)
                        .key(Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk))))
                .item();
    }

    private static DynamoDbClient table(RunningCloud cloud) {
        return DynamoDbClient.builder()
                .endpointOverride(cloud.dynamoDb())
                .region(Region.of(HOME))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
