package imageferry.local.store;

import java.io.IOException;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Answers what Tomcat refuses before any of our code sees it, as S3 does and not with a page. */
public final class UnreadableRequests extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400 || response.isCommitted() || response.getContentWritten() > 0) {
            return;
        }
        var refusal = response.getStatus() < 500
                ? new S3Refusal(
                        response.getStatus(),
                        "BadRequest",
                        "An error occurred when parsing the HTTP request.",
                        Map.of(),
                        Map.of())
                : new S3Refusal(
                        response.getStatus(),
                        "InternalError",
                        "We encountered an internal error. Please try again.",
                        Map.of(),
                        Map.of());
        try {
            refusal.answer(request, response.getResponse());
            response.finishResponse();
        } catch (IOException gone) {
            getContainer().getLogger().debug("Nobody reads the refusal", gone);
        }
    }
}
