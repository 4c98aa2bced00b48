package imageferry.local.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import imageferry.account.AccountId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** The API as called by an account's program: each request signed with Signature Version 4. */
final class SignedApi {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final AccountId account;

    SignedApi(URI base, AccountId account) {
        this.base = base;
        this.account = account;
    }

    SignedApi as(AccountId other) {
        return new SignedApi(base, other);
    }

    /** An answer of the API. */
    record Answer(int status, JsonNode body) {
        String code() {
            return body.path("code").asText();
        }

        /** The body of a successful answer. */
        JsonNode ok() {
            if (status >= 300) {
                throw new AssertionError("The API answered " + this);
            }
            return body;
        }
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(SdkHttpMethod.GET, path, new byte[0]);
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send(SdkHttpMethod.DELETE, path, new byte[0]);
    }

    Answer put(String path) throws IOException, InterruptedException {
        return send(SdkHttpMethod.PUT, path, new byte[0]);
    }

    Answer post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send(SdkHttpMethod.POST, path, JSON.writeValueAsBytes(body));
    }

    private Answer send(SdkHttpMethod method, String path, byte[] body) throws IOException, InterruptedException {
        var plain = SdkHttpRequest.builder()
                .method(method)
                .uri(URI.create(base + path))
                .putHeader("Content-Type", "application/json")
                .build();
        var signed = AwsV4HttpSigner.create()
                .sign(r -> r.identity(AwsCredentialsIdentity.create(account.value(), "secret"))
                        .request(plain)
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "execute-api")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, Deployment.HOME.name()))
                .request();
        var request = HttpRequest.newBuilder(signed.getUri()).method(method.name(), BodyPublishers.ofByteArray(body));
        signed.forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("Host")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return send(request.build());
    }

    /** Sends an unsigned request. */
    Answer send(HttpRequest request) throws IOException, InterruptedException {
        var answer = http.send(request, BodyHandlers.ofByteArray());
        return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    }

    /**
     * Follows a link that a function signed. The function found S3 at an address that may exist between containers
     * only.
     */
    byte[] download(String link) throws IOException, InterruptedException {
        var signed = URI.create(link);
        var here = base.resolve(signed.getRawPath() + "?" + signed.getRawQuery());
        return http.send(HttpRequest.newBuilder(here).build(), BodyHandlers.ofByteArray())
                .body();
    }
}
