package imageferry.local.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EofException;

/** The refusal of a request, with a status from 400 and one sentence, as a problem document. */
public final class Refusal extends IOException {
    private final int status;

    /** @param sentence for the client: the violation, the value, and the fix */
    public Refusal(int status, String sentence, Throwable cause) {
        super(sentence, cause);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** Returns the refusal of a body that came too slowly or incomplete; empty for every other failure. */
    public static Optional<Refusal> ofClient(Throwable failure) {
        if (hasCause(failure, SocketTimeoutException.class) || hasCause(failure, TimeoutException.class)) {
            return Optional.of(new Refusal(HttpStatus.REQUEST_TIMEOUT_408, "The request came too slowly.", failure));
        }
        return hasCause(failure, EofException.class)
                ? Optional.of(new Refusal(
                        HttpStatus.BAD_REQUEST_400, "The connection ended before the body was complete.", failure))
                : Optional.empty();
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        return Causes.find(failure, type).isPresent();
    }
}
