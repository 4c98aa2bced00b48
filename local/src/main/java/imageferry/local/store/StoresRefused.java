package imageferry.local.store;

/** The stores cannot start for a reason that the user can remove. The message is one sentence for the user. */
public class StoresRefused extends RuntimeException {
    StoresRefused(String message) {
        super(message);
    }
}
