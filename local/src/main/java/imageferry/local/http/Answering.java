package imageferry.local.http;

import java.io.IOException;

/** Answers the requests of one port, each on its own virtual thread. */
@FunctionalInterface
public interface Answering {
    /**
     * Answers one request; may block.
     *
     * @throws IOException when the client is gone or too slow
     */
    void answer(Exchange exchange) throws IOException;
}
