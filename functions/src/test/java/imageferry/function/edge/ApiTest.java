package imageferry.function.edge;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.AccountId;
import imageferry.ledger.LedgerUnavailable;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.StoreUnavailable;
import org.junit.jupiter.api.Test;

/** The caller always gets an answer, without confidential details. */
class ApiTest {
    private final Api api = new Api(new Callers(new AccountId("999999999999"), false));

    @Test
    void the_caller_is_the_identity_from_the_gateway() {
        var response = api.answer(
                Requests.of(Requests.identity("222222222222")),
                caller -> Result.accepted(
                        ApiResponse.ok(caller.account() + " " + caller.arn() + " " + caller.operator())));

        assertThat(response.body()).isEqualTo("\"222222222222 arn:aws:iam::222222222222:user/ann false\"");
    }

    @Test
    void the_account_that_owns_the_stack_operates_it() {
        var response = api.answer(
                Requests.of(Requests.identity("999999999999")),
                caller -> Result.accepted(ApiResponse.ok(caller.operator())));

        assertThat(response.body()).isEqualTo("true");
    }

    @Test
    void a_missing_identity_is_refused() {
        for (var request : new ApiRequest[] {Requests.of(null), Requests.of(Requests.identity(null))}) {
            var response = api.answer(request, caller -> Result.accepted(ApiResponse.noContent()));

            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.body()).contains("\"MissingIdentity\"");
        }
    }

    @Test
    void under_sam_local_the_caller_is_the_developer() {
        var response = new Api(new Callers(new AccountId("111111111111"), true))
                .answer(
                        Requests.of(null),
                        caller ->
                                Result.accepted(ApiResponse.ok(caller.account().value())));

        assertThat(response.body()).isEqualTo("\"111111111111\"");
    }

    @Test
    void a_rejection_becomes_a_problem() {
        var response = api.answer(
                Requests.of(Requests.identity("222222222222")),
                caller -> Result.rejected(Code.IMAGE_NOT_FOUND, "imageId", "m-1", "There is none"));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers()).containsEntry("Content-Type", "application/problem+json");
    }

    @Test
    void an_outage_asks_the_caller_to_try_again() {
        for (var outage : new RuntimeException[] {
            new LedgerUnavailable("table secret-name is busy", new RuntimeException()),
            new StoreUnavailable("bucket secret-name is busy")
        }) {
            var response = api.answer(Requests.of(Requests.identity("222222222222")), caller -> {
                throw outage;
            });

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers()).containsKey("Retry-After");
            assertThat(response.body()).contains("\"ServiceUnavailable\"").doesNotContain("secret");
        }
    }

    @Test
    void a_refusal_of_the_store_is_an_error_for_the_operator() {
        var response = api.answer(Requests.of(Requests.identity("222222222222")), caller -> {
            throw new StoreRefused("S3 refused to look at the disk: AccessDenied");
        });

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("\"StoreRefused\"", "AccessDenied. Tell the operator the request id r-1");
    }

    @Test
    void a_defect_reports_only_the_request_id() {
        var response = api.answer(Requests.of(Requests.identity("222222222222")), caller -> {
            throw new IllegalStateException("the secret of the image");
        });

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("r-1", "\"InternalError\"").doesNotContain("secret", "Exception");
    }
}
