package imageferry.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import imageferry.account.AccountId;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Part;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.StoreUnavailable;
import imageferry.snapshot.UploadId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What goes over the wire, and what S3's answers mean: a server that answers as scripted stands in for S3. */
class S3SnapshotStoreTest {
    private static final Region HOME = new Region("us-east-1");
    private static final Region FAR = new Region("eu-west-1");
    private static final Blob SOURCE = new Blob(HOME, "snapshots/s-aaaaaaaaaaaaaaaaa");
    private static final Blob TARGET = new Blob(FAR, "snapshots/s-bbbbbbbbbbbbbbbbb");
    private static final UploadId UPLOAD = new UploadId("u-1");
    private static final PartCopy PART =
            new PartCopy(SOURCE, "\"e\"", TARGET, UPLOAD, 2, 8, Optional.of(new PartCopy.ByteRange(8, 15)));

    private final Deque<Answer> script = new ArrayDeque<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private S3SnapshotStore store;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        store = new S3SnapshotStore(
                new Regions(new AccountId("111111111111"), List.of(HOME, FAR)),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")),
                Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())));
    }

    @AfterEach
    void stop() {
        store.close();
        server.stop(0);
    }

    @Test
    void a_part_is_copied_in_the_targets_region_from_the_pinned_source_of_the_same_account() {
        answers(200, "<CopyPartResult><ETag>\"p\"</ETag><ChecksumSHA256>c2hh</ChecksumSHA256></CopyPartResult>");

        assertThat(store.copyPart(PART)).isEqualTo(new Part(2, 8, "c2hh", "\"p\""));

        var request = asked.getFirst();
        assertThat(request.line())
                .isEqualTo("PUT /imageferry-111111111111-eu-west-1/snapshots/s-bbbbbbbbbbbbbbbbb"
                        + "?partNumber=2&uploadId=u-1");
        assertThat(request.header("x-amz-copy-source"))
                .isEqualTo("imageferry-111111111111-us-east-1/snapshots/s-aaaaaaaaaaaaaaaaa");
        assertThat(request.header("x-amz-copy-source-if-match")).isEqualTo("\"e\"");
        assertThat(request.header("x-amz-copy-source-range")).isEqualTo("bytes=8-15");
        assertThat(request.header("x-amz-expected-bucket-owner")).isEqualTo("111111111111");
        assertThat(request.header("x-amz-source-expected-bucket-owner")).isEqualTo("111111111111");
        assertThat(request.header("Authorization")).contains("/eu-west-1/s3/aws4_request");
    }

    @Test
    void a_whole_source_is_copied_without_a_range() {
        answers(200, "<CopyPartResult><ETag>\"p\"</ETag></CopyPartResult>");

        var copied = store.copyPart(new PartCopy(SOURCE, "\"e\"", TARGET, UPLOAD, 1, 8, Optional.empty()));

        assertThat(copied.hasSha256()).isFalse();
        assertThat(asked.getFirst().header("x-amz-copy-source-range")).isEmpty();
    }

    @Test
    void an_upload_asks_for_a_sha256_of_each_part() {
        answers(200, "<InitiateMultipartUploadResult><UploadId>u-9</UploadId></InitiateMultipartUploadResult>");

        assertThat(store.open(TARGET)).isEqualTo(new UploadId("u-9"));
        assertThat(asked.getFirst().header("x-amz-checksum-algorithm")).isEqualTo("SHA256");
    }

    @Test
    void completing_names_each_parts_checksum_the_size_and_that_nothing_may_be_overwritten() {
        answers(200, "<CompleteMultipartUploadResult/>");

        store.complete(TARGET, UPLOAD, List.of(new Part(1, 8, "c2hh", "\"p\"")), 8);

        var request = asked.getFirst();
        assertThat(request.body()).contains("<ChecksumSHA256>c2hh</ChecksumSHA256>", "<PartNumber>1</PartNumber>");
        assertThat(request.header("If-None-Match")).isEqualTo("*");
        assertThat(request.header("x-amz-mp-object-size")).isEqualTo("8");
        assertThat(request.header("x-amz-expected-bucket-owner")).isEqualTo("111111111111");
    }

    @ParameterizedTest
    @CsvSource({
        "503, SlowDown, StoreUnavailable",
        "500, InternalError, StoreUnavailable",
        "429, TooManyRequests, StoreUnavailable",
        "400, RequestTimeout, StoreUnavailable",
        "200, InternalError, StoreUnavailable",
        "200, SlowDown, StoreUnavailable",
        "412, PreconditionFailed, SourceChanged",
        "404, NoSuchKey, SourceChanged",
        "404, NoSuchUpload, UploadGone",
        "404, NoSuchBucket, StoreRefused",
        "403, AccessDenied, StoreRefused",
        "400, InvalidRequest, StoreRefused",
    })
    void a_copied_parts_error_says_what_it_means_and_is_never_tried_again_in_hiding(
            int status, String code, String meaning) {
        answers(status, error(code));

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> store.copyPart(PART))
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(meaning))
                .withMessageContaining("part 2 of snapshots/s-bbbbbbbbbbbbbbbbb in eu-west-1")
                .withMessageNotContaining("arn:");
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "200, InternalError, StoreUnavailable",
        "404, NoSuchUpload, UploadGone",
        "412, PreconditionFailed, UploadGone",
        "409, ConditionalRequestConflict, UploadGone",
        "400, InvalidPart, StoreRefused",
    })
    void a_failed_completion_says_what_it_means_and_is_never_tried_again_in_hiding(
            int status, String code, String meaning) {
        answers(status, error(code));

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> store.complete(TARGET, UPLOAD, List.of(new Part(1, 8, "c2hh", "\"p\"")), 8))
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(meaning));
        assertThat(asked).hasSize(1);
    }

    @Test
    void a_read_is_tried_three_times() {
        answers(503, error("SlowDown"));
        answers(503, error("SlowDown"));
        answers(503, error("SlowDown"));

        assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> store.uploadedParts(TARGET, UPLOAD));
        assertThat(asked).hasSize(3);
    }

    @Test
    void an_abort_goes_on_until_nothing_is_left() {
        answers(204, "");
        answers(200, "<ListPartsResult><Part><PartNumber>1</PartNumber><Size>8</Size></Part></ListPartsResult>");
        answers(404, error("NoSuchUpload"));
        answers(404, error("NoSuchUpload"));
        answers(404, error("NoSuchUpload"));
        answers(200, "<ListPartsResult/>");

        store.abort(TARGET, UPLOAD);

        assertThat(asked).extracting(Asked::method).containsExactly("DELETE", "GET", "DELETE", "GET", "DELETE", "GET");
    }

    @Test
    void the_parts_of_an_object_are_read_page_by_page() {
        answers(200, attributes(true, 1, "<ChecksumSHA256>YQ==</ChecksumSHA256>"));
        answers(200, attributes(false, 2, "<ChecksumSHA256>Yg==</ChecksumSHA256>"));

        assertThat(store.parts(SOURCE)).containsExactly(new Part(1, 8, "YQ==", ""), new Part(2, 8, "Yg==", ""));
        assertThat(asked.getLast().header("x-amz-part-number-marker")).isEqualTo("1");
    }

    @Test
    void a_part_without_its_checksum_leaves_the_object_without_proof() {
        answers(200, attributes(true, 1, "<ChecksumSHA256>YQ==</ChecksumSHA256>"));
        answers(200, attributes(false, 2, ""));

        assertThat(store.parts(SOURCE)).isEmpty();
    }

    @Test
    void an_absent_object_is_no_error_but_a_forbidden_one_is() {
        answers(404, "");
        answers(403, "");

        assertThat(store.look(SOURCE)).isEmpty();
        assertThatExceptionOfType(StoreRefused.class).isThrownBy(() -> store.look(SOURCE));
    }

    @Test
    void a_region_that_is_not_enabled_is_refused_by_name() {
        var elsewhere = new Blob(new Region("ap-south-1"), "snapshots/x");

        assertThatExceptionOfType(StoreRefused.class)
                .isThrownBy(() -> store.look(elsewhere))
                .withMessage("Region ap-south-1 is not enabled; enabled are us-east-1, eu-west-1");
    }

    @Test
    void a_link_needs_no_header_and_names_the_file() {
        var link = store.link(SOURCE, Duration.ofMinutes(15), "my \"disk\".raw");

        assertThat(link.getRawPath()).isEqualTo("/imageferry-111111111111-us-east-1/" + SOURCE.key());
        assertThat(link.getQuery())
                .contains("filename=\"my__disk_.raw\"", "X-Amz-Expires=900", "X-Amz-SignedHeaders=host&");
    }

    @Test
    void a_link_is_valid_for_at_most_an_hour() {
        assertThatIllegalArgumentException().isThrownBy(() -> store.link(SOURCE, Duration.ofMinutes(61), "x"));
    }

    private static String error(String code) {
        return "<?xml version=\"1.0\"?><Error><Code>" + code
                + "</Code><Message>arn:aws:iam::1:role/x may not</Message></Error>";
    }

    private static String attributes(boolean more, int part, String checksum) {
        return """
               <GetObjectAttributesResponse><ObjectParts><IsTruncated>%s</IsTruncated>
               <NextPartNumberMarker>%d</NextPartNumberMarker>
               <Part><PartNumber>%d</PartNumber><Size>8</Size>%s</Part></ObjectParts></GetObjectAttributesResponse>""".formatted(more, part, part, checksum);
    }

    private void answers(int status, String body) {
        script.add(new Answer(status, body));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            var answer = script.remove();
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("x-amz-request-id", "r-1");
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private record Answer(int status, String body) {}

    private record Asked(String method, String uri, com.sun.net.httpserver.Headers headers, String body) {
        String line() {
            return method + " " + uri;
        }

        String header(String name) {
            return Optional.ofNullable(headers.getFirst(name)).orElse("");
        }
    }
}
