package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every answer to any request is one of the contract: a success, or a problem document with the error; never a defect
 * of ours. Another seed, or more requests: {@code -Dfuzz.seed=… -Dfuzz.requests=…}.
 */
@Timeout(300)
@Tag("slow")
class FuzzedRequestsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> ACCOUNTS = List.of(Demo.OPERATOR, "222222222222", "333333333333");

    @TempDir
    Path folder;

    private enum Outcome {
        DONE,
        REFUSED
    }

    @Test
    void are_done_or_refused_with_a_reason() throws Exception {
        var seed = Long.getLong("fuzz.seed", 20261125);
        var random = new Random(seed);
        var seen = new TreeMap<String, EnumMap<Outcome, Integer>>();
        try (var cloud = new InMemoryCloud(folder, Map.of("ApprovalAboveBytes", "60000"))) {
            var requests = new FuzzedRequests(random, cloud.contract(), known(cloud));
            for (var left = Integer.getInteger("fuzz.requests", 5_000); left > 0; left--) {
                var account = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
                var request = requests.next();
                var about = "seed " + seed + ", " + request + " as " + account;
                var answer = send(cloud.uri(), account, request, about);
                var outcome = checked(answer, about);
                if (outcome == Outcome.DONE && !answer.body().isEmpty()) {
                    requests.learn(JSON.readTree(answer.body()));
                }
                seen.computeIfAbsent(kind(request), first -> new EnumMap<>(Outcome.class))
                        .merge(outcome, 1, Integer::sum);
            }
        }
        assertThat(seen.values()).allSatisfy(outcomes -> assertThat(outcomes).containsKey(Outcome.REFUSED));
        assertThat(seen.values())
                .filteredOn(outcomes -> outcomes.containsKey(Outcome.DONE))
                .as("Kinds of requests of which some were done: %s", seen)
                .hasSizeGreaterThan(8);
    }

    /** Gives well-formed requests something to find: uploaded disks, some of them imported. */
    private static Map<String, List<String>> known(InMemoryCloud cloud) throws Exception {
        for (var account : ACCOUNTS) {
            cloud.imported(account, "golden-" + account);
        }
        return Map.of(
                "region",
                RunningCloud.REGIONS,
                "importKey",
                ACCOUNTS.stream()
                        .map(account -> "imports/" + account + "/golden-" + account)
                        .toList(),
                "accountId",
                ACCOUNTS,
                "account",
                ACCOUNTS,
                "shareWith",
                ACCOUNTS,
                "month",
                List.of("2026-01", "2026-11"));
    }

    private static HttpResponse<String> send(URI api, String account, Request request, String about)
            throws InterruptedException {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create(api + request.path()))
                            .header("X-Imageferry-Account", account)
                            .method(
                                    request.method(),
                                    request.body().isEmpty()
                                            ? BodyPublishers.noBody()
                                            : BodyPublishers.ofString(request.body()))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException unanswered) {
            throw new AssertionError(about + " was not answered: " + unanswered, unanswered);
        }
    }

    private static Outcome checked(HttpResponse<String> answer, String about) throws Exception {
        var what = about + ": " + answer.statusCode() + " " + answer.body();
        assertThat(answer.statusCode()).as(what).isBetween(200, 499);
        if (answer.statusCode() < 300) {
            return Outcome.DONE;
        }
        assertThat(answer.headers().firstValue("Content-Type")).as(what).hasValue("application/problem+json");
        var problem = JSON.readTree(answer.body());
        assertThat(problem.path("status").asInt()).as(what).isEqualTo(answer.statusCode());
        for (var field : List.of("type", "title", "code", "detail", "requestId")) {
            assertThat(problem.path(field).asText()).as(what).isNotBlank();
        }
        return Outcome.REFUSED;
    }

    /** The method and the first segment of the path. */
    private static String kind(Request request) {
        return request.method() + " /" + request.path().split("[/?]", 3)[1];
    }
}
