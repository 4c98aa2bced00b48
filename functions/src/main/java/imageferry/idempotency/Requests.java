package imageferry.idempotency;

import imageferry.account.AccountId;
import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Write;
import imageferry.rule.Code;
import imageferry.rule.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The requests of the last 24 hours that carried a client token, and what they were answered. */
public final class Requests {
    /** How long a client token is remembered. */
    public static final Duration KEPT = Duration.ofHours(24);

    private final Ledger ledger;

    public Requests(Ledger ledger) {
        this.ledger = ledger;
    }

    /** What an earlier request of that token was answered. */
    public Optional<Answered> find(AccountId account, String operation, ClientToken token, Instant now) {
        return ledger.read(key(account, operation, token))
                .filter(item -> item.number("expiresAt") >= now.getEpochSecond())
                .map(Requests::answered);
    }

    /** Remembers the answer; refused while an earlier one is remembered. */
    public static Write remembered(AccountId account, String operation, ClientToken token, String answer, Instant now) {
        var expiry = now.plus(KEPT);
        return new Write.Put(
                key(account, operation, token),
                Item.empty()
                        .with("parameters", token.parameters())
                        .with("answer", answer)
                        .with("expiresAt", expiry.getEpochSecond()),
                Condition.any(Condition.absent(), new Condition.LessThan("expiresAt", now.getEpochSecond())));
    }

    private static Key key(AccountId account, String operation, ClientToken token) {
        return new Key("REQUEST#" + account + "#" + operation + "#" + token.token(), "REQUEST");
    }

    private static Answered answered(Item item) {
        return new Answered(item.text("parameters"), item.text("answer"));
    }

    /**
     * An earlier request.
     *
     * @param answer the id that it was answered with
     */
    public record Answered(String parameters, String answer) {
        public boolean sameAs(ClientToken token) {
            return parameters.equals(token.parameters());
        }

        /** The violation of using one token for two different requests. */
        public static Violation mismatch(ClientToken token) {
            return Violation.of(
                    Code.IDEMPOTENT_PARAMETER_MISMATCH,
                    "clientToken",
                    token.token(),
                    "The client token \"" + token.token() + "\" was used for another request in the last 24 hours; send"
                            + " the same parameters, or choose a new token");
        }
    }
}
