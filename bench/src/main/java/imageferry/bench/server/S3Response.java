package imageferry.bench.server;

import java.util.Map;

/** Response in S3's protocol, with an XML body, a text, or none. */
record S3Response(int status, Map<String, String> headers, String body) {
    static S3Response of(Xml body) {
        return new S3Response(200, Map.of(), body.toString());
    }

    static S3Response of(Map<String, String> headers) {
        return new S3Response(200, headers, "");
    }

    static S3Response of(String text) {
        return new S3Response(200, Map.of("ETag", "\"text\""), text);
    }

    static S3Response nothing() {
        return new S3Response(204, Map.of(), "");
    }

    static S3Response error(int status, String code, String message) {
        var body = Xml.of("Error").with("Code", code).with("Message", message).with("RequestId", "SIMULATED");
        return new S3Response(status, Map.of(), body.toString());
    }
}
