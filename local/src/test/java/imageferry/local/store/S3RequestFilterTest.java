package imageferry.local.store;

import static imageferry.local.store.TestStores.AWAY;
import static imageferry.local.store.TestStores.AWAY_BUCKET;
import static imageferry.local.store.TestStores.HOME;
import static imageferry.local.store.TestStores.HOME_BUCKET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Before S3 reads an object it checks the signature's region, its age, and the caller's permission. */
@Tag("slow")
class S3RequestFilterTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String COUNTERFEIT = "LOCALFunction";

    @TempDir
    private static Path data;

    private static TestStores stores;
    private static S3Client home;
    private static S3Client restricted;

    @BeforeAll
    static void start() {
        stores = TestStores.refusing(
                data, "s3:DeleteObject", "s3:ListBucket", "s3:AbortMultipartUpload", "s3:GetObjectTagging");
        home = stores.s3(HOME);
        restricted = stores.s3(HOME, COUNTERFEIT);
        home.putObject(r -> r.bucket(HOME_BUCKET).key("a/key"), RequestBody.fromString("bytes"));
    }

    @AfterAll
    static void stop() {
        stores.close();
    }

    @BeforeEach
    void forget() {
        stores.asked.clear();
    }

    @Test
    void a_request_signed_for_another_region_gets_the_buckets_region() throws Exception {
        var answer =
                get("/" + AWAY_BUCKET + "/a/key", "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/s3/aws4_request, ");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("<Code>AuthorizationHeaderMalformed</Code>", "<Region>eu-west-1</Region>")
                .contains("the region &#39;us-east-1&#39; is wrong; expecting &#39;eu-west-1&#39;");

        var head = refused(() -> home.headObject(r -> r.bucket(AWAY_BUCKET).key("a/key")));
        assertThat(head.statusCode()).isEqualTo(400);
        assertThat(head.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region"))
                .contains(AWAY);
    }

    @Test
    void every_region_knows_the_region_of_a_bucket() {
        assertThat(home.getBucketLocation(r -> r.bucket(AWAY_BUCKET)).locationConstraintAsString())
                .isEqualTo(AWAY);
        assertThat(home.getBucketLocation(r -> r.bucket(HOME_BUCKET)).locationConstraintAsString())
                .as("S3 has no name for its first region")
                .isNullOrEmpty();
        assertThat(home.listBuckets().buckets()).hasSize(2);
        assertThat(stores.s3(AWAY).headBucket(r -> r.bucket(AWAY_BUCKET)).bucketRegion())
                .isEqualTo(AWAY);
    }

    @Test
    void unsigned_requests_are_accepted() throws Exception {
        assertThat(get("/" + HOME_BUCKET + "/a/key", null).body()).isEqualTo("bytes");
    }

    @Test
    void a_presigned_url_works_until_it_has_expired() throws Exception {
        var url = stores.presigner(HOME)
                .presignGetObject(p -> p.signatureDuration(Duration.ofMinutes(5))
                        .getObjectRequest(r -> r.bucket(HOME_BUCKET)
                                .key("a/key")
                                .responseContentDisposition("attachment; filename=\"disk.img\"")))
                .url()
                .toString();
        var served = fetch(url);
        assertThat(served.body()).isEqualTo("bytes");
        assertThat(served.headers().firstValue("content-disposition")).contains("attachment; filename=\"disk.img\"");

        var expired = fetch(url.replaceAll("X-Amz-Date=[^&]*", "X-Amz-Date=" + minutesAgo(6)));
        assertThat(expired.statusCode()).isEqualTo(403);
        assertThat(expired.body())
                .contains("<Code>AccessDenied</Code>", "<Message>Request has expired</Message>", "<Expires>");
        assertThat(fetch(url.replaceAll("X-Amz-Date=[^&]*", "X-Amz-Date=" + minutesAgo(4)))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_presigned_url_of_another_region_is_refused() throws Exception {
        var url = stores.presigner(AWAY)
                .presignGetObject(p -> p.signatureDuration(Duration.ofMinutes(5))
                        .getObjectRequest(r -> r.bucket(HOME_BUCKET).key("a/key")))
                .url()
                .toString();

        assertThat(fetch(url).statusCode()).isEqualTo(400);
        assertThat(fetch(url).body())
                .contains("<Code>AuthorizationQueryParametersError</Code>", "<Region>us-east-1</Region>");
    }

    @Test
    void a_refused_action_is_denied_with_the_check_s_sentence() {
        var denied =
                refused(() -> restricted.deleteObject(r -> r.bucket(HOME_BUCKET).key("a/key")));

        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
        assertThat(denied.awsErrorDetails().errorMessage())
                .isEqualTo("LOCALFunction is not authorized to perform: s3:DeleteObject on resource: arn:aws:s3:::"
                        + HOME_BUCKET + "/a/key");
        assertThat(home.headObject(r -> r.bucket(HOME_BUCKET).key("a/key")).contentLength())
                .isEqualTo(5);
    }

    @Test
    void a_caller_without_the_right_to_list_does_not_learn_that_an_object_is_missing() {
        assertThat(refused(() ->
                                restricted.headObject(r -> r.bucket(HOME_BUCKET).key("missing")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(restricted
                        .headObject(r -> r.bucket(HOME_BUCKET).key("a/key"))
                        .contentLength())
                .isEqualTo(5);
        assertThat(refused(() -> home.headObject(r -> r.bucket(HOME_BUCKET).key("missing")))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void copying_a_part_reads_the_source_and_writes_the_target() {
        var upload = home.createMultipartUpload(r -> r.bucket(HOME_BUCKET).key("copy"))
                .uploadId();
        stores.asked.clear();
        home.uploadPartCopy(r -> r.sourceBucket(HOME_BUCKET)
                .sourceKey("a/key")
                .destinationBucket(HOME_BUCKET)
                .destinationKey("copy")
                .uploadId(upload)
                .partNumber(1));

        assertThat(stores.asked)
                .startsWith(
                        "anyone s3:GetObject arn:aws:s3:::" + HOME_BUCKET + "/a/key",
                        "anyone s3:PutObject arn:aws:s3:::" + HOME_BUCKET + "/copy");
    }

    @Test
    void copying_a_part_uses_the_keys_of_both_regions() {
        var away = stores.s3(AWAY);
        var upload = away.createMultipartUpload(r -> r.bucket(AWAY_BUCKET).key("copy"))
                .uploadId();
        stores.asked.clear();
        away.uploadPartCopy(r -> r.sourceBucket(HOME_BUCKET)
                .sourceKey("a/key")
                .destinationBucket(AWAY_BUCKET)
                .destinationKey("copy")
                .uploadId(upload)
                .partNumber(1));

        assertThat(usedKeys())
                .containsExactly(
                        decrypts(HOME_BUCKET), decrypts(AWAY_BUCKET), "anyone kms:GenerateDataKey " + key(AWAY_BUCKET));
    }

    @Test
    void parts_and_attributes_under_a_key_are_read_with_it() {
        var upload =
                home.createMultipartUpload(r -> r.bucket(HOME_BUCKET).key("u")).uploadId();
        stores.asked.clear();

        home.listParts(r -> r.bucket(HOME_BUCKET).key("u").uploadId(upload));
        home.getObjectAttributes(
                r -> r.bucket(HOME_BUCKET).key("a/key").objectAttributes(ObjectAttributes.OBJECT_PARTS));
        home.abortMultipartUpload(r -> r.bucket(HOME_BUCKET).key("u").uploadId(upload));
        home.getObjectTagging(r -> r.bucket(HOME_BUCKET).key("a/key"));
        home.listObjectsV2(r -> r.bucket(HOME_BUCKET));

        assertThat(usedKeys()).containsExactly(decrypts(HOME_BUCKET), decrypts(HOME_BUCKET));
    }

    private static List<String> usedKeys() {
        return stores.asked.stream().filter(asked -> asked.contains(" kms:")).toList();
    }

    private static String decrypts(String bucket) {
        return "anyone kms:Decrypt " + key(bucket);
    }

    /** A region's key has the name of its bucket here. */
    private static String key(String bucket) {
        return "arn:aws:kms:" + (bucket.equals(HOME_BUCKET) ? HOME : AWAY) + ":111111111111:key/" + bucket;
    }

    @Test
    void each_operation_is_checked_under_its_own_action() {
        var bucket = "arn:aws:s3:::" + HOME_BUCKET;
        var upload =
                home.createMultipartUpload(r -> r.bucket(HOME_BUCKET).key("u")).uploadId();
        asks(
                "s3:PutObject " + bucket + "/u",
                () -> home.createMultipartUpload(r -> r.bucket(HOME_BUCKET).key("u")));
        asks(
                "s3:ListMultipartUploadParts " + bucket + "/u",
                () -> home.listParts(r -> r.bucket(HOME_BUCKET).key("u").uploadId(upload)));
        asks(
                "s3:AbortMultipartUpload " + bucket + "/u",
                () -> home.abortMultipartUpload(
                        r -> r.bucket(HOME_BUCKET).key("u").uploadId(upload)));
        asks("s3:ListBucketMultipartUploads " + bucket, () -> home.listMultipartUploads(r -> r.bucket(HOME_BUCKET)));
        asks("s3:ListBucket " + bucket, () -> home.listObjectsV2(r -> r.bucket(HOME_BUCKET)));
        asks("s3:ListBucket " + bucket, () -> home.headBucket(r -> r.bucket(HOME_BUCKET)));
        asks("s3:GetBucketLocation " + bucket, () -> home.getBucketLocation(r -> r.bucket(HOME_BUCKET)));
        asks(
                "s3:GetObject " + bucket + "/a/key",
                () -> home.headObject(r -> r.bucket(HOME_BUCKET).key("a/key")));
        asks(
                "s3:GetObjectAttributes " + bucket + "/a/key",
                () -> home.getObjectAttributes(
                        r -> r.bucket(HOME_BUCKET).key("a/key").objectAttributes(ObjectAttributes.E_TAG)));
        asks(
                "s3:GetObjectTagging " + bucket + "/a/key",
                () -> home.getObjectTagging(r -> r.bucket(HOME_BUCKET).key("a/key")));
        asks(
                "s3:PutObjectTagging " + bucket + "/tagged",
                () -> home.putObject(
                        r -> r.bucket(HOME_BUCKET).key("tagged").tagging("a=b"), RequestBody.fromString("")));
        asks(
                "s3:GetObject " + bucket + "/tagged",
                () -> refused(() -> home.deleteObject(
                        r -> r.bucket(HOME_BUCKET).key("tagged").ifMatch("\"another\""))));
        asks(
                "s3:DeleteObject " + bucket + "/tagged",
                () -> home.deleteObject(r -> r.bucket(HOME_BUCKET).key("tagged")));
    }

    private static void asks(String permission, Runnable call) {
        stores.asked.clear();
        call.run();
        assertThat(stores.asked).contains("anyone " + permission);
    }

    private static S3Exception refused(ThrowingCallable call) {
        return catchThrowableOfType(S3Exception.class, call);
    }

    private static String minutesAgo(int minutes) {
        return DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now().minus(Duration.ofMinutes(minutes)));
    }

    private static HttpResponse<String> get(String path, String authorization) throws Exception {
        var request = HttpRequest.newBuilder(stores.stores.s3().resolve(path));
        if (authorization != null) {
            request.header("Authorization", authorization + "SignedHeaders=host, Signature=0");
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> fetch(String url) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0\0 nonsense\r\n\r\n",
                "GET /a|b HTTP/1.1\r\nHost: here\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: here\r\nHost: there\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: here\r\nX-Long: LONG\r\n\r\n"
            })
    void an_unreadable_request_is_refused_with_s3s_error(String request) throws Exception {
        try (var socket = new Socket(
                InetAddress.ofLiteral("127.0.0.1"), stores.stores.s3().getPort())) {
            socket.getOutputStream()
                    .write(request.replace("LONG", "x".repeat(20_000)).getBytes(UTF_8));

            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 400")
                    .contains("application/xml", "<Code>BadRequest</Code>", "parsing the HTTP request");
        }
    }
}
