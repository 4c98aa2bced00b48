package imageferry.local.store;

import static imageferry.local.store.TestStores.HOME_BUCKET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only an object's body may be long. Every other body is held in memory, and has at most 2 MiB. */
@Tag("slow")
@Timeout(60)
class LongMessagesTest extends OverRawS3 {
    private static final String ID = "01234567-89ab-cdef-0123-456789abcdef";
    private static final int MOST = 2 << 20;

    @BeforeAll
    static void storeAnArchivedObject() throws Exception {
        raw.send("PUT", "/" + HOME_BUCKET + "/k", "disk", "x-amz-storage-class: GLACIER");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /k?tagging",
                "POST ?delete",
                "POST /k?uploadId=" + ID,
                "POST /k?restore",
                "POST /k?uploads",
                "PUT ?tagging"
            })
    void a_body_that_is_not_an_object_has_a_limit(String request) throws Exception {
        var parts = request.split(" ", 2);
        var path = "/" + HOME_BUCKET + parts[1];

        var declared = raw.send(parts[0], path, " ".repeat(MOST + 1), "Content-Type: application/xml");
        assertThat(declared.status()).isEqualTo(400);
        assertThat(declared.code()).isEqualTo("MaxMessageLengthExceeded");

        assertThat(chunked(parts[0] + " " + path, MOST + 1))
                .startsWith("HTTP/1.1 400")
                .contains("<Code>MaxMessageLengthExceeded</Code>");
        assertThat(chunked(parts[0] + " " + path, MOST)).doesNotContain("MaxMessageLengthExceeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/new", "/new?partNumber=1&uploadId=UPLOAD"})
    void an_object_and_a_part_have_no_limit(String target) throws Exception {
        var upload = raw.send("POST", "/" + HOME_BUCKET + "/new?uploads", "")
                .body()
                .replaceFirst("(?s).*<UploadId>(.*)</UploadId>.*", "$1");
        var path = "/" + HOME_BUCKET + target.replace("UPLOAD", upload);

        assertThat(raw.send("PUT", path, "x".repeat(MOST + 1)).status()).isEqualTo(200);
        assertThat(chunked("PUT " + path, MOST + 1)).startsWith("HTTP/1.1 200");
    }

    private static String chunked(String request, int bytes) throws IOException {
        var endpoint = stores.stores.s3();
        try (var socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            var out = socket.getOutputStream();
            out.write((request + " HTTP/1.1\r\nHost: s3\r\nConnection: close\r\nContent-Type: application/xml\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(bytes) + "\r\n")
                    .getBytes(UTF_8));
            out.write(" ".repeat(bytes).getBytes(UTF_8));
            out.write("\r\n0\r\n\r\n".getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
