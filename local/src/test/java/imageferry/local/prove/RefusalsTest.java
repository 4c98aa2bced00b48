package imageferry.local.prove;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The steps that need what only AWS enforces, against a server that enforces it, or fails to. */
class RefusalsTest {
    private static final String PARTNER = "AKIAPARTNER";

    private final RecordedPrograms programs = new RecordedPrograms();

    private interface Made {
        Step of(Installation installation, Stub stub);
    }

    private Outcome run(ToIntFunction<HttpExchange> status, Made step) throws Exception {
        try (var stub = new Stub(status)) {
            return step.of(stub.installation(programs), stub).run();
        }
    }

    @ParameterizedTest
    @CsvSource({"403, passed", "200, FAILED"})
    void a_role_without_rights_must_be_refused_and_is_deleted(int status, String word) throws Exception {
        programs.answer("assume-role --role-session-name", "AKIAROLE\tsecret\ttoken\n");

        var outcome = run(
                exchange -> Stub.isOf(exchange, "AKIAROLE")
                                && Stub.header(exchange, "X-Amz-Security-Token").equals(Optional.of("token"))
                        ? status
                        : 500,
                (installation, _) -> new RoleWithoutRights(installation, programs));

        assertThat(outcome.word()).isEqualTo(word);
        assertThat(outcome.text()).startsWith("GET /regions got " + status);
        assertThat(programs.changes())
                .anyMatch(command -> command.contains("assume-role --role-session-name prove --role-arn"
                        + " arn:aws:iam::111111111111:role/prove-a1b2c3-no-rights"))
                .last()
                .asString()
                .startsWith("aws iam delete-role --role-name prove-a1b2c3-no-rights");
        assertThat(programs.secrets()).hasSize(1);
    }

    /** A bucket that lets one kind of them through. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                         | passed | Each of them got 403.
            aws:kms/-                 | FAILED | Not refused with 403: aws:kms without a key: 200.
            aws:kms/alias             | FAILED | Not refused with 403: aws:kms with another key: 200.
            AES256/-                  | FAILED | Not refused with 403: AES256: 200.
            customer                  | FAILED | Not refused with 403: a key of the uploader: 200.
            """)
    void each_foreign_encryption_must_be_refused(String allowed, String word, String text) throws Exception {
        var outcome = run(
                exchange -> exchange.getRequestMethod().equals("DELETE")
                                || encryption(exchange).equals(allowed)
                        ? 200
                        : 403,
                (installation, _) -> new ForeignKeyUpload(installation));

        assertThat(outcome.word()).isEqualTo(word);
        assertThat(outcome.text()).isEqualTo(text);
    }

    private static String encryption(HttpExchange exchange) {
        if (Stub.header(exchange, "x-amz-server-side-encryption-customer-algorithm")
                .isPresent()) {
            return "customer";
        }
        return Stub.header(exchange, "x-amz-server-side-encryption").orElse("none") + "/"
                + Stub.header(exchange, "x-amz-server-side-encryption-aws-kms-key-id")
                        .map(key -> key.equals("arn:aws:kms:us-east-1:111111111111:alias/aws/s3") ? "alias" : key)
                        .orElse("-");
    }

    @ParameterizedTest
    @CsvSource({"403, passed", "200, FAILED"})
    void a_revoked_account_must_be_refused_by_the_api_and_by_the_bucket(int bucket, String word) throws Exception {
        var outcome = run(
                exchange -> {
                    if (exchange.getRequestMethod().equals("PUT")) {
                        return bucket;
                    }
                    return programs.changes().contains("./stacks deploy AllowedAccounts=") ? 403 : 200;
                },
                (installation, stub) ->
                        new SecondAccount(installation, new Run.Partner("222222222222", stub.access(PARTNER))));

        assertThat(outcome.word()).as(outcome.text()).isEqualTo(word);
        assertThat(outcome.text()).contains("222222222222");
    }

    @Test
    void without_a_second_account_the_step_is_skipped_with_the_option() throws Exception {
        var called = new AtomicBoolean();

        var outcome = run(
                exchange -> {
                    called.set(true);
                    return 500;
                },
                (installation, _) -> new SecondAccount(installation, Runs.NO_PARTNER));

        assertThat(outcome)
                .isEqualTo(new Outcome.Skipped("There is no second account: give --second-profile PROFILE."));
        assertThat(called).isFalse();
    }
}
