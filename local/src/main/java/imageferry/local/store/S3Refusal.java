package imageferry.local.store;

import com.adobe.testing.s3mock.s3.S3Exception;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.apache.catalina.connector.ClientAbortException;
import org.springframework.web.util.HtmlUtils;

/**
 * A request that S3 refuses, in S3's words.
 *
 * @param details further elements of the error's XML
 * @param headers response headers, for answers without a body
 */
record S3Refusal(int status, String code, String message, Map<String, String> details, Map<String, String> headers) {

    static S3Refusal accessDenied(String message) {
        return new S3Refusal(403, "AccessDenied", message, Map.of(), Map.of());
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

    static S3Exception invalidRequest(String message) {
        return new S3Exception(400, "InvalidRequest", message);
    }

    static S3Exception invalidArgument(String message) {
        return new S3Exception(400, "InvalidArgument", message);
    }

    /** What a client is told when bytes did not arrive, or could not be kept: the reason too, as nobody reads a log here. */
    static S3Exception failure(IOException e) {
        return e instanceof ClientAbortException || e instanceof EOFException
                ? new S3Exception(400, "IncompleteBody", "The request body terminated unexpectedly")
                : new S3Exception(500, "InternalError", "The store could not read or write its files: " + e);
    }

    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(status);
        headers.forEach(response::setHeader);
        if (request.getMethod().equals("HEAD")) {
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
