package imageferry.secret;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.fault.Calls;
import imageferry.fault.Plan;
import imageferry.ledger.InMemoryLedger;
import imageferry.ledger.Ledger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A secret is created once and stored. */
class SecretsTest {
    private final InMemoryLedger ledger = new InMemoryLedger();

    @Test
    void the_first_use_creates_a_secret_and_later_ones_find_it() {
        var first = new Secrets(ledger, new Random(1)).of("lists");

        assertThat(first).hasSize(32);
        assertThat(new Secrets(ledger, new Random(2)).of("lists")).isEqualTo(first);
    }

    @Test
    void every_purpose_has_a_secret_of_its_own() {
        var secrets = new Secrets(ledger, new Random(1));

        assertThat(secrets.of("lists")).isNotEqualTo(secrets.of("others"));
    }

    @Test
    void two_simultaneous_uses_have_the_one_stored_secret() {
        var calls = new Calls();
        var first = new byte[1][];
        calls.plan(Plan.overtakenAt("commit", () -> first[0] = new Secrets(ledger, new Random(1)).of("lists")));

        var second = new Secrets(calls.around(Ledger.class, ledger), new Random(2)).of("lists");

        assertThat(second).isEqualTo(first[0]);
    }
}
