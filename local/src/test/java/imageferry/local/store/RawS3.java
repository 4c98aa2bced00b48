package imageferry.local.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends requests to S3 byte by byte, with unchanged header names and values, which no client library does. */
final class RawS3 {
    private final URI endpoint;

    RawS3(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** An answer. Header names keep the case in which they were sent. */
    record Answer(int status, List<String> headers, String body) {
        /** The value of the only header of exactly that name. */
        Optional<String> header(String name) {
            return headers.stream()
                    .filter(line -> line.startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }

        String code() {
            return body.replaceFirst("(?s).*<Code>(.*)</Code>.*", "$1");
        }

        /** All user metadata, by their whole names. */
        Map<String, String> metadata() {
            var metadata = new LinkedHashMap<String, String>();
            headers.stream()
                    .filter(line -> line.regionMatches(true, 0, "x-amz-meta-", 0, 11))
                    .forEach(line -> metadata.put(
                            line.substring(0, line.indexOf(':')),
                            line.substring(line.indexOf(':') + 1).strip()));
            return metadata;
        }
    }

    /** @param headers whole lines, sent as UTF-8 */
    Answer send(String method, String path, String body, String... headers) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + endpoint.getAuthority() + "\r\n"
                + "Content-Length: " + bytes.length + "\r\nConnection: close\r\n");
        for (var header : headers) {
            head.append(header).append("\r\n");
        }
        try (var socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            var out = socket.getOutputStream();
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            out.write(bytes);
            out.flush();
            return answer(socket.getInputStream());
        }
    }

    private static Answer answer(InputStream in) throws IOException {
        var text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        var end = text.indexOf("\r\n\r\n");
        var lines = List.of(text.substring(0, end).split("\r\n", -1));
        return new Answer(
                Integer.parseInt(lines.getFirst().split(" ", -1)[1]),
                lines.subList(1, lines.size()),
                text.substring(end + 4));
    }
}
