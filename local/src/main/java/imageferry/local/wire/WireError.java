package imageferry.local.wire;

/** An error answer in AWS's JSON protocol: an HTTP status, the error's shape, and a message. */
final class WireError extends RuntimeException {
    private final int status;
    private final String shape;

    WireError(String shape, String message) {
        this(400, shape, message);
    }

    WireError(int status, String shape, String message) {
        super(message, null, false, false);
        this.status = status;
        this.shape = shape;
    }

    int status() {
        return status;
    }

    String shape() {
        return shape;
    }

    String text() {
        var message = getMessage();
        return message == null ? "" : message;
    }
}
