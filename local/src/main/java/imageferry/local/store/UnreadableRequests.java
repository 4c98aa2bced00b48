package imageferry.local.store;

import com.adobe.testing.s3mock.s3.S3Exception;
import imageferry.local.http.Causes;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests that Tomcat refuses, such as an unreadable one or one with an incomplete body, as S3 does and
 * not with a page.
 */
public final class UnreadableRequests extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400 || response.isCommitted() || response.getContentWritten() > 0) {
            return;
        }
        var refusal = S3Refusal.of(
                timedOut(failure)
                        ? S3Refusal.requestTimeout()
                        : response.getStatus() < 500
                                ? new S3Exception(
                                        response.getStatus(),
                                        "BadRequest",
                                        "An error occurred when parsing the HTTP request.")
                                : new S3Exception(
                                        response.getStatus(),
                                        "InternalError",
                                        "We encountered an internal error. Please try again."));
        try {
            refusal.answer(request, response.getResponse());
            response.finishResponse();
        } catch (IOException gone) {
            getContainer().getLogger().debug("Nobody reads the refusal", gone);
        }
    }

    /** Tomcat says 408, or 500 when the exception has passed through other code. */
    private static boolean timedOut(@Nullable Throwable failure) {
        return Causes.find(failure, SocketTimeoutException.class).isPresent();
    }
}
