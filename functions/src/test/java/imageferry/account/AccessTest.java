package imageferry.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts are allowed by their id or their organization, and approvers by the ARN that API Gateway reports. */
class AccessTest {
    private static final AccountId PARTNER = new AccountId("222222222222");

    @Test
    void an_account_is_allowed_by_its_id_its_organization_or_for_all() {
        assertThat(allowing("111111111111,222222222222").isAllowed(PARTNER, null))
                .isTrue();
        assertThat(allowing("111111111111, o-abcdefghij").isAllowed(PARTNER, "o-abcdefghij"))
                .isTrue();
        assertThat(allowing("*").isAllowed(PARTNER, null)).isTrue();
    }

    @Test
    void an_account_that_is_not_named_is_not_allowed() {
        assertThat(allowing("111111111111").isAllowed(PARTNER, "o-abcdefghij")).isFalse();
        assertThat(allowing("111111111111,o-abcdefghij").isAllowed(PARTNER, null))
                .isFalse();
        assertThat(allowing("111111111111,o-abcdefghij").isAllowed(PARTNER, "o-abcdefghijk"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "111111111111,", "2222", "o-short", "o-ABCDEFGHIJ", "**"})
    void other_ids_are_refused(String ids) {
        assertThatIllegalArgumentException().isThrownBy(() -> Access.allowed(ids));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            *,                                                    arn:aws:iam::111111111111:user/ann
            arn:aws:iam::111111111111:user/ann,                   arn:aws:iam::111111111111:user/ann
            arn:aws:iam::111111111111:user/ops/*,                 arn:aws:iam::111111111111:user/ops/ann
            arn:aws:iam::111111111111:role/Approver,              arn:aws:sts::111111111111:assumed-role/Approver/ann
            arn:aws:iam::111111111111:role/a/b/Approver,          arn:aws:sts::111111111111:assumed-role/Approver/ann@example.com
            arn:aws-us-gov:iam::111111111111:role/Approver,       arn:aws-us-gov:sts::111111111111:assumed-role/Approver/ann
            arn:aws:iam::111111111111:role/Approver-*,            arn:aws:sts::111111111111:assumed-role/Approver-eu/ann
            arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Approver_*, arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_Approver_1f/ann
            arn:aws:sts::111111111111:assumed-role/Approver/*,    arn:aws:sts::111111111111:assumed-role/Approver/ann
            arn:aws:sts::111111111111:assumed-role/Approver/ann,  arn:aws:sts::111111111111:assumed-role/Approver/ann
            """)
    void a_principal_of_a_pattern_is_an_approver(String pattern, String principal) {
        assertThat(approvedBy(pattern).isApprover(principal)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            arn:aws:iam::111111111111:user/ann,                   arn:aws:iam::111111111111:user/anna
            arn:aws:iam::111111111111:user/a.n,                   arn:aws:iam::111111111111:user/ann
            arn:aws:iam::111111111111:role/Approver,              arn:aws:sts::111111111111:assumed-role/Approver2/ann
            arn:aws:iam::111111111111:role/Approver,              arn:aws:sts::111111111111:assumed-role/Other/Approver
            arn:aws:iam::111111111111:role/Approver,              arn:aws:sts::333333333333:assumed-role/Approver/ann
            arn:aws:iam::111111111111:role/Approver,              arn:aws:iam::111111111111:user/Approver
            arn:aws:sts::111111111111:assumed-role/Approver/ann,  arn:aws:sts::111111111111:assumed-role/Approver/bob
            """)
    void another_principal_is_not_an_approver(String pattern, String principal) {
        assertThat(approvedBy(pattern).isApprover(principal)).isFalse();
    }

    /** The first two name roles of one path, which the session of a role does not show. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::111111111111:role/team/*",
                "arn:aws:iam::111111111111:role/team/Approver-*",
                "arn:aws:iam::*:role/Approver",
                "arn:aws:iam::111111111111:root",
                "arn:aws:iam::111111111111:user/ann,",
                "ann",
                ""
            })
    void other_patterns_are_refused(String pattern) {
        assertThatIllegalArgumentException().isThrownBy(() -> Access.approvers(pattern));
    }

    private static Access allowing(String ids) {
        return new Access(Access.allowed(ids), List.of());
    }

    private static Access approvedBy(String pattern) {
        return new Access(Set.of(), Access.approvers(pattern));
    }
}
