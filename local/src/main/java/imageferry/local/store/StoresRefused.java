package imageferry.local.store;

/** The stores cannot start for a reason that the person at the keyboard can mend; the message is one sentence for them. */
public class StoresRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoresRefused(String message) {
        super(message);
    }
}
