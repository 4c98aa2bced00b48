package imageferry.local.command;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** An upload whose headers are sent byte by byte, which no client library for Java does. */
record RawPut(URI s3) {
    /** @param headers whole lines, sent as UTF-8 */
    void put(String path, byte[] bytes, String... headers) throws IOException {
        var head = new StringBuilder("PUT /" + path + " HTTP/1.1\r\nHost: " + s3.getAuthority() + "\r\nContent-Length: "
                + bytes.length + "\r\nConnection: close\r\n");
        for (var header : headers) {
            head.append(header).append("\r\n");
        }
        try (var socket = new Socket(s3.getHost(), s3.getPort())) {
            socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(bytes);
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            if (!answer.startsWith("HTTP/1.1 200")) {
                throw new IllegalStateException(answer);
            }
        }
    }
}
