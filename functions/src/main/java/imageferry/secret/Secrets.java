package imageferry.secret;

import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Write;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Random bytes that the stack keeps in its own ledger: made once, by the first caller that needs them, and never changed. */
public final class Secrets {
    /** The length of a secret in bytes. */
    public static final int LENGTH = 32;

    private final Ledger ledger;
    private final RandomGenerator random;

    /** @param random cryptographic in production */
    public Secrets(Ledger ledger, RandomGenerator random) {
        this.ledger = ledger;
        this.random = random;
    }

    /** The secret that serves this purpose and no other. */
    public byte[] of(String purpose) {
        return find(purpose).orElseGet(() -> {
            // Use the stored secret: another caller may have created it first.
            ledger.commit(List.of(Write.create(key(purpose), Item.empty().with("secret", made()))));
            return find(purpose).orElseThrow();
        });
    }

    private Optional<byte[]> find(String purpose) {
        return ledger.read(key(purpose)).map(item -> Base64.getDecoder().decode(item.text("secret")));
    }

    private String made() {
        var bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Key key(String purpose) {
        return new Key("SECRET#" + purpose, "SECRET");
    }
}
