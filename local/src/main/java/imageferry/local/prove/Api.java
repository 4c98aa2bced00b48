package imageferry.local.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.DigestInputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * The API as called by an account's program: each request is signed with Signature Version 4.
 *
 * @param base the output ApiUrl of the stack, or its counterpart in an emulator
 */
record Api(URI base, String region, AwsCredentialsProvider credentials, boolean emulated) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** The function could not be started, or too many requests came; repeating is safe. */
    private static final Set<Integer> COME_BACK = Set.of(429, 502, 503);

    private static final int TRIES = 10;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** An answer of the API, or of the gateway before it. */
    record Answer(int status, JsonNode body) {
        String code() {
            return body.path("code").asText();
        }

        /** @throws IllegalStateException with the answer, unless it is a success */
        JsonNode ok() {
            if (status >= 300) {
                throw new IllegalStateException("The API answered " + status + " " + body);
            }
            return body;
        }
    }

    Answer get(String path) throws IOException, InterruptedException {
        return patiently(SdkHttpMethod.GET, path, new byte[0]);
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return patiently(SdkHttpMethod.DELETE, path, new byte[0]);
    }

    Answer post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return patiently(SdkHttpMethod.POST, path, JSON.writeValueAsBytes(body));
    }

    private Answer patiently(SdkHttpMethod method, String path, byte[] body) throws IOException, InterruptedException {
        var answer = send(method, path, body);
        for (var left = TRIES; left > 1 && COME_BACK.contains(answer.status()); left--) {
            Thread.sleep(PAUSE);
            answer = send(method, path, body);
        }
        return answer;
    }

    private Answer send(SdkHttpMethod method, String path, byte[] body) throws IOException, InterruptedException {
        var signed = signed(method, path, body);
        var request = HttpRequest.newBuilder(signed.getUri()).method(method.name(), BodyPublishers.ofByteArray(body));
        signed.forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("Host")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        var answer = HTTP.send(request.build(), BodyHandlers.ofByteArray());
        return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    }

    private SdkHttpRequest signed(SdkHttpMethod method, String path, byte[] body) {
        var plain = SdkHttpRequest.builder()
                .method(method)
                .uri(URI.create(base + path))
                .putHeader("Content-Type", "application/json")
                .build();
        return AwsV4HttpSigner.create()
                .sign(r -> r.identity(credentials.resolveCredentials())
                        .request(plain)
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "execute-api")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region))
                .request();
    }

    /** Follows a download link and returns the SHA-256 of the bytes, as {@code sha256sum} prints it. */
    String sha256OfLink(String link) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(reachable(URI.create(link))).build();
        var answer = HTTP.send(request, BodyHandlers.ofInputStream());
        try (var bytes = new DigestInputStream(answer.body(), Disk.newSha256())) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return answer.statusCode() == 200
                    ? HexFormat.of().formatHex(bytes.getMessageDigest().digest())
                    : "status " + answer.statusCode();
        }
    }

    /** A function of an emulator signs links with an address that may exist only between its containers. */
    private URI reachable(URI link) {
        return emulated ? base.resolve(link.getRawPath() + "?" + link.getRawQuery()) : link;
    }
}
