package imageferry.function.edge;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.Access;
import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.ledger.LedgerUnavailable;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.StoreUnavailable;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The caller always gets an answer, without confidential details. */
class ApiTest {
    private static final AccountId OPERATOR = new AccountId("999999999999");

    private final Api api = api("*", "*");

    private static Api api(String allowed, String approvers) {
        var access = new Access(Access.allowed(allowed), Access.approvers(approvers));
        return new Api(new Callers(OPERATOR, access, false));
    }

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

    /** The policy of the API may still allow an account that the operator has taken out. */
    @Test
    void an_account_that_is_no_longer_allowed_is_refused_by_the_function() {
        var request = Requests.of(Requests.identity("222222222222"));

        var before = api("999999999999,222222222222", "*").answer(request, ApiTest::done);
        var after = api("999999999999", "*").answer(request, ApiTest::done);

        assertThat(before.statusCode()).isEqualTo(204);
        assertThat(after.statusCode()).isEqualTo(403);
        assertThat(after.body()).contains("\"AccessDenied\"", "Account 222222222222 may not call this API");
    }

    @Test
    void an_account_of_an_allowed_organization_may_call() {
        var identity = new ApiRequest.Identity("222222222222", "arn:aws:iam::222222222222:user/ann", "o-abcdefghij");
        var request = Requests.of(new ApiRequest.RequestContext("r-1", identity));

        assertThat(api("999999999999,o-abcdefghij", "*")
                        .answer(request, ApiTest::done)
                        .statusCode())
                .isEqualTo(204);
        assertThat(api("999999999999,o-0123456789", "*")
                        .answer(request, ApiTest::done)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void an_approver_is_a_named_principal_of_the_operator() {
        var named = "arn:aws:iam::999999999999:user/ann,arn:aws:iam::222222222222:user/ann";

        assertThat(isApprover(api("*", named), "999999999999")).isEqualTo("true");
        assertThat(isApprover(api("*", named), "222222222222")).isEqualTo("false");
        assertThat(isApprover(api("*", "arn:aws:iam::999999999999:role/Approver"), "999999999999"))
                .isEqualTo("false");
    }

    private static String isApprover(Api api, String account) {
        return String.valueOf(api.answer(
                        Requests.of(Requests.identity(account)),
                        caller -> Result.accepted(ApiResponse.ok(caller.approver())))
                .body());
    }

    private static Result<ApiResponse> done(Caller caller) {
        return Result.accepted(ApiResponse.noContent());
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
        var access = new Access(Set.of(), List.of());
        var response = new Api(new Callers(new AccountId("111111111111"), access, true))
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
