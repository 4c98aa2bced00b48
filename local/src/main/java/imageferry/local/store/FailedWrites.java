package imageferry.local.store;

import imageferry.local.data.DataDisk;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** S3Mock's own writes fail with unchecked exceptions. Clients are told the reason in S3's form, as of our own writes. */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class FailedWrites {
    private final DataDisk disk;

    FailedWrites(DataDisk disk) {
        this.disk = disk;
    }

    /** @param failure also one that is the cause of another exception */
    @ExceptionHandler(IOException.class)
    void answer(IOException failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        S3Refusal.of(S3Refusal.failure(failure, disk)).answer(request, response);
    }
}
