package imageferry.local.store;

/** The stores cannot start for a reason that the user can remove. The message is one sentence for the user. */
public class StoresRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoresRefused(String message) {
        super(message);
    }
}
