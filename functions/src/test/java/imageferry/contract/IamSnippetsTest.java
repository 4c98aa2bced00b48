package imageferry.contract;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The policies of docs/security.md allow exactly the described actions, with the real names of the stacks. */
class IamSnippetsTest {
    private static final Pattern SNIPPET = Pattern.compile("### (\\w+)\\n[^`#]*```json\\n([^`]*)```");
    private static final String API = "arn:aws:execute-api:us-east-1:111111111111:api/v1/";

    @Test
    void each_kind_of_user_has_a_policy() {
        assertThat(SNIPPET.matcher(Shipped.text("docs/security.md")).results().map(IamSnippetsTest::user))
                .containsExactly("uploader", "copier", "approver");
    }

    @Test
    void each_allows_the_routes_of_its_user_and_no_other() {
        assertThat(routes("uploader")).containsExactly("GET /copies/{copyId}", "GET /regions", "POST /images");
        assertThat(routes("copier"))
                .containsExactly(
                        "GET /copies",
                        "GET /copies/{copyId}",
                        "GET /groups/{groupId}",
                        "GET /images",
                        "GET /images/{imageId}/copies",
                        "GET /regions",
                        "POST /copies/{copyId}/cancel",
                        "POST /copies/{copyId}/retry",
                        "POST /images/{imageId}/cancel-copy",
                        "POST /images/{imageId}/copies",
                        "POST /images/{imageId}/retry-copy");
        assertThat(routes("approver"))
                .containsExactly(
                        "GET /copies/{copyId}",
                        "GET /tickets",
                        "POST /tickets/{ticketId}/approve",
                        "POST /tickets/{ticketId}/reject");
    }

    @Test
    void every_resource_of_the_api_is_that_of_a_route() {
        for (var user : List.of("uploader", "copier", "approver")) {
            assertThat(apiResources(user)).as(user).allSatisfy(resource -> {
                assertThat(resource).startsWith(API);
                assertThat(Operation.all()).anyMatch(operation -> allows(resource, operation));
            });
        }
    }

    /** Both the user's policy and the bucket's must allow it, so they must name the same resources. */
    @Test
    void an_uploader_may_do_the_actions_that_the_bucket_and_the_key_allow() {
        var upload = statement("uploader", "UploadDisks");
        var bucketSide = sid(Shipped.REGION.at("/Resources/BucketPolicy/Properties/PolicyDocument/Statement"));
        var key = statement("uploader", "UnderTheRegionsKey");
        var keySide = Shipped.REGION.at("/Resources/Key/Properties/KeyPolicy/Statement/1/Fn::If/1");

        assertThat(texts(upload.get("Action"))).isEqualTo(texts(bucketSide.get("Action")));
        assertThat(upload.get("Resource").asText())
                .isEqualTo("arn:aws:s3:::"
                        + Shipped.REGION
                                .at("/Resources/Bucket/Properties/BucketName/Fn::If/2/Fn::Sub")
                                .asText()
                                .replace("${Installation}", "imageferry")
                                .replace("${AWS::AccountId}", "111111111111")
                                .replace("${AWS::Region}", "*")
                        + bucketSide
                                .at("/Resource/Fn::Join/1/1")
                                .asText()
                                .replace("${aws:PrincipalAccount}", "222222222222"));
        assertThat(texts(key.get("Action"))).isEqualTo(texts(keySide.get("Action")));
        assertThat(key.at("/Condition/StringLike/kms:ViaService").asText())
                .isEqualTo(keySide.at("/Condition/StringEquals/kms:ViaService/Fn::Sub")
                        .asText()
                        .replace("${AWS::Region}", "*")
                        .replace("${AWS::URLSuffix}", "amazonaws.com"));
    }

    private static JsonNode sid(JsonNode statements) {
        for (var statement : statements) {
            if (statement.path("Sid").asText().equals("UploadUnderOnesOwnPrefix")) {
                return statement;
            }
        }
        throw new AssertionError("the bucket lets nobody upload");
    }

    private static Set<String> texts(JsonNode node) {
        return new TreeSet<>(Shipped.texts(node, text -> true));
    }

    private static Set<String> routes(String user) {
        return Operation.all().stream()
                .filter(operation -> apiResources(user).stream().anyMatch(resource -> allows(resource, operation)))
                .map(Operation::toString)
                .collect(toCollection(TreeSet::new));
    }

    /** IAM's star matches slashes too, so a route is allowed whenever one of its paths is. */
    private static boolean allows(String resource, Operation operation) {
        var path = API + operation.method() + operation.path().replaceAll("\\{\\w+}", "x");
        return path.matches(Pattern.quote(resource).replace("*", "\\E.*\\Q"));
    }

    private static Set<String> apiResources(String user) {
        return statements(user).stream()
                .filter(statement -> texts(statement.get("Action")).contains("execute-api:Invoke"))
                .flatMap(statement -> texts(statement.get("Resource")).stream())
                .collect(toSet());
    }

    private static JsonNode statement(String user, String sid) {
        return statements(user).stream()
                .filter(statement -> statement.path("Sid").asText().equals(sid))
                .findFirst()
                .orElseThrow();
    }

    private static String user(MatchResult snippet) {
        return snippet.group(1).toLowerCase(Locale.ROOT);
    }

    private static List<JsonNode> statements(String user) {
        var text = SNIPPET.matcher(Shipped.text("docs/security.md"))
                .results()
                .filter(match -> user(match).equals(user))
                .map(match -> match.group(2))
                .findFirst()
                .orElseThrow();
        try {
            var policy = new ObjectMapper().readTree(text);
            assertThat(policy.path("Version").asText()).isEqualTo("2012-10-17");
            var statements = new ArrayList<JsonNode>();
            policy.get("Statement").forEach(statements::add);
            return statements;
        } catch (IOException e) {
            throw new AssertionError("The snippet of the " + user + " is no JSON", e);
        }
    }
}
