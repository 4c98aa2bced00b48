package imageferry.bench.server;

import java.util.Map;

/** An answer in S3's protocol: its body is XML, or nothing. */
record S3Answer(int status, Map<String, String> headers, String body) {

    static S3Answer of(Xml body) {
        return new S3Answer(200, Map.of(), body.toString());
    }

    static S3Answer of(Map<String, String> headers) {
        return new S3Answer(200, headers, "");
    }

    static S3Answer nothing() {
        return new S3Answer(204, Map.of(), "");
    }

    static S3Answer error(int status, String code, String message) {
        var body = Xml.of("Error").with("Code", code).with("Message", message).with("RequestId", "SIMULATED");
        return new S3Answer(status, Map.of(), body.toString());
    }
}
