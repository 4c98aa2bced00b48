package imageferry.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;

/** Lambda's JSON of a failed invocation. Step Functions takes {@code errorType} for the error's name. */
final class FunctionErrors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FunctionErrors() {}

    static Answer.Failed thrown(Throwable thrown) {
        return new Answer.Failed(thrown.getClass().getName(), bytes(json(thrown)));
    }

    static Answer.Failed timedOut(String requestId, Duration timeout) {
        var seconds = String.format(Locale.ROOT, "%.2f", timeout.toMillis() / 1000.0);
        return named(
                "Sandbox.Timedout", "RequestId: " + requestId + " Error: Task timed out after " + seconds + " seconds");
    }

    static Answer.Failed named(String errorType, String message) {
        return new Answer.Failed(
                errorType,
                bytes(JSON.createObjectNode().put("errorType", errorType).put("errorMessage", message)));
    }

    /** Returns the error's type and message. */
    static String sentence(Answer.Failed failed) {
        try {
            return failed.errorType() + ": "
                    + JSON.readTree(failed.payload()).path("errorMessage").asText();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String stackTrace(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static ObjectNode json(Throwable thrown) {
        var error = JSON.createObjectNode();
        var message = thrown.getMessage();
        error.put("errorMessage", message);
        error.put("errorType", thrown.getClass().getName());
        var trace = error.putArray("stackTrace");
        for (var frame : thrown.getStackTrace()) {
            trace.add(frame.toString());
        }
        return error;
    }

    private static byte[] bytes(ObjectNode error) {
        try {
            return JSON.writeValueAsBytes(error);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
