package imageferry.local.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** A request and its answer. */
public final class Exchange {
    /** Bytes that are read after a refusal: a client that is still sending reads the answer only afterwards. */
    private static final long MOST_DISCARDED = 64L << 20;

    private final Request request;
    private final Response response;
    private final InputStream body;

    Exchange(Request request, Response response) {
        this.request = request;
        this.response = response;
        this.body = new SteadyInput(Content.Source.asInputStream(request), System::nanoTime);
    }

    public String method() {
        return request.getMethod();
    }

    /** Returns the path as sent, still encoded. */
    public String path() {
        return request.getHttpURI().getPath();
    }

    /** Returns the query as sent, still encoded; null without a question mark. */
    public @Nullable String query() {
        return request.getHttpURI().getQuery();
    }

    /** Returns the first value of a header. */
    public @Nullable String header(String name) {
        return request.getHeaders().get(name);
    }

    /** Returns all headers, by names without regard to case. */
    public Map<String, List<String>> headers() {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (var name : request.getHeaders().getFieldNamesCollection()) {
            headers.putIfAbsent(name, request.getHeaders().getValuesList(name));
        }
        return headers;
    }

    /** Returns the declared length of the body in bytes; -1 without one. */
    public long length() {
        return request.getLength();
    }

    /** The body. Reading it fails with a {@link java.net.SocketTimeoutException} when it comes too slowly. */
    public InputStream body() {
        return body;
    }

    public void send(int status, Map<String, List<String>> headers, byte[] bytes) throws IOException {
        send(status, headers, bytes.length, new ByteArrayInputStream(bytes));
    }

    /**
     * Sends an answer. To a HEAD only its headers and its length are sent.
     *
     * @param length in bytes, or -1 if unknown
     */
    public void send(int status, Map<String, List<String>> headers, long length, InputStream bytes) throws IOException {
        response.setStatus(status);
        headers.forEach((name, values) -> response.getHeaders().put(name, values));
        if (length >= 0) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
        }
        try (var out = Content.Sink.asOutputStream(response)) {
            if (!method().equals("HEAD")) {
                bytes.transferTo(out);
            }
        }
    }

    /** Reads a limited part of the remaining request. */
    void discardRest() throws IOException {
        var buffer = new byte[1 << 13];
        var left = MOST_DISCARDED;
        for (var read = body.read(buffer); read >= 0 && left > 0; read = body.read(buffer)) {
            left -= read;
        }
    }
}
