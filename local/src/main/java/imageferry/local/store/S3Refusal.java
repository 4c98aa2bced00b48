package imageferry.local.store;

import com.adobe.testing.s3mock.s3.S3Exception;
import imageferry.local.data.DataDisk;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.apache.catalina.connector.ClientAbortException;
import org.springframework.web.util.HtmlUtils;

/**
 * The refusal of a request, in S3's words.
 *
 * @param details further elements of the error's XML
 * @param headers response headers, for answers without a body
 */
record S3Refusal(int status, String code, String message, Map<String, String> details, Map<String, String> headers) {
    private static final int INSUFFICIENT_STORAGE = 507;

    static S3Refusal accessDenied(String message) {
        return new S3Refusal(403, "AccessDenied", message, Map.of(), Map.of());
    }

    static S3Refusal of(S3Exception refusal) {
        return new S3Refusal(
                refusal.getStatus(), refusal.getCode(), String.valueOf(refusal.getMessage()), Map.of(), Map.of());
    }

    static S3Refusal slowDown() {
        return new S3Refusal(503, "SlowDown", "Please reduce your request rate.", Map.of(), Map.of("Retry-After", "1"));
    }

    static S3Refusal noSuchUpload() {
        return new S3Refusal(
                404,
                "NoSuchUpload",
                "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted"
                        + " or completed.",
                Map.of(),
                Map.of());
    }

    static S3Exception requestTimeout() {
        return new S3Exception(
                400,
                "RequestTimeout",
                "Your socket connection to the server was not read from or written to within the timeout period."
                        + " Idle connections will be closed.");
    }

    static S3Exception maxMessageLengthExceeded() {
        return new S3Exception(400, "MaxMessageLengthExceeded", "Your request was too big.");
    }

    static S3Exception invalidRequest(String message) {
        return new S3Exception(400, "InvalidRequest", message);
    }

    static S3Exception invalidArgument(String message) {
        return new S3Exception(400, "InvalidArgument", message);
    }

    /** Not an error of S3, whose disks are never full; MinIO answers with the same status. */
    static S3Exception insufficientStorage(String message) {
        return new S3Exception(INSUFFICIENT_STORAGE, "InsufficientStorage", message);
    }

    /** Answers bytes that did not arrive or could not be stored. The answer has the reason, as nobody reads a log here. */
    static S3Exception failure(IOException e, DataDisk disk) {
        if (e instanceof SocketTimeoutException || e.getCause() instanceof SocketTimeoutException) {
            return requestTimeout();
        }
        if (e instanceof TooLong || e.getCause() instanceof TooLong) {
            return maxMessageLengthExceeded();
        }
        if (e instanceof ClientAbortException || e instanceof EOFException) {
            return new S3Exception(400, "IncompleteBody", "The request body terminated unexpectedly");
        }
        disk.failed(e);
        return disk.refusal()
                .map(S3Refusal::insufficientStorage)
                .orElseGet(() ->
                        new S3Exception(500, "InternalError", "The store could not read or write its files: " + e));
    }

    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(status);
        headers.forEach(response::setHeader);
        // A request that cannot be parsed has no method.
        if ("HEAD".equals(request.getMethod())) {
            return;
        }
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>");
        element(xml, "Code", code);
        element(xml, "Message", message);
        details.forEach((name, value) -> element(xml, name, value));
        element(xml, "RequestId", UUID.randomUUID().toString());
        xml.append("</Error>");
        response.setContentType("application/xml");
        response.getOutputStream().write(xml.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void element(StringBuilder xml, String name, String value) {
        xml.append('<').append(name).append('>');
        xml.append(HtmlUtils.htmlEscape(value, "UTF-8"));
        xml.append("</").append(name).append('>');
    }
}
