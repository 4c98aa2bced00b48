package imageferry.local.store;

import imageferry.local.data.DataDisk;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Collectors;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Reads and writes of S3Mock's own that fail. Clients get the reason in S3's form, as for our own writes. */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class FailedWrites {
    private final DataDisk disk;

    FailedWrites(DataDisk disk) {
        this.disk = disk;
    }

    /**
     * Answers with the error, and discards the prepared answer.
     *
     * @param failure may also be the cause of another exception
     * @throws IOException the failure itself, when the answer has begun: then the connection is closed early
     */
    @ExceptionHandler(IOException.class)
    void answer(IOException failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            throw failure;
        }
        var refusal =
                isReplaced(failure, request) ? S3Refusal.slowDown() : S3Refusal.of(S3Refusal.failure(failure, disk));
        restart(response);
        refusal.answer(request, response);
    }

    /** The object was overwritten between its lookup and its opening: the next try will find the new one. */
    private static boolean isReplaced(IOException failure, HttpServletRequest request) {
        return failure instanceof NoSuchFileException && request.getMethod().equals("GET");
    }

    /** Removes the object's headers, such as its length, and keeps the CORS headers. */
    private static void restart(HttpServletResponse response) {
        var ofBrowsers = response.getHeaderNames().stream()
                .filter(name -> name.startsWith("Access-Control-"))
                .distinct()
                .collect(Collectors.toMap(name -> name, response::getHeader));
        response.reset();
        ofBrowsers.forEach(response::setHeader);
    }
}
