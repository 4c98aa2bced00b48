package imageferry.local.http;

import java.util.UUID;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers the server's own refusals with a problem document (RFC 9457). */
final class Refusals extends ErrorHandler {
    private static final String COME_BACK_SECONDS = "1";

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var cause = request.getAttribute(ERROR_EXCEPTION);
        var status = switch (cause) {
            case Refusal refusal -> refusal.status();
            case HttpException refused -> refused.getCode();
            case null, default -> response.getStatus();
        };
        var detail = cause instanceof Refusal refusal ? String.valueOf(refusal.getMessage()) : detail(status);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, COME_BACK_SECONDS);
        }
        if (cause instanceof HttpException) {
            // Jetty closes the connection after a request it cannot parse, and does not say so by itself.
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        Content.Sink.write(response, true, problem(status, detail), callback);
        return true;
    }

    private static String problem(int status, String detail) {
        var title = HttpStatus.getMessage(status);
        return """
                {"type":"about:blank","title":"%s","status":%d,"code":"%s","detail":"%s","requestId":"%s"}""".formatted(title, status, title.replaceAll("[^A-Za-z]", ""), detail, UUID.randomUUID());
    }

    private static String detail(int status) {
        return switch (status) {
            case HttpStatus.BAD_REQUEST_400 -> "The request cannot be read.";
            case HttpStatus.URI_TOO_LONG_414, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
                "The first line and the headers may have " + HttpPort.LARGEST_HEADERS + " bytes.";
            case HttpStatus.SERVICE_UNAVAILABLE_503 -> "Too many requests at once: try again in a moment.";
            case HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 -> "The server supports HTTP/1.0 and HTTP/1.1 only.";
            default -> "The server could not answer; the terminal says why.";
        };
    }
}
