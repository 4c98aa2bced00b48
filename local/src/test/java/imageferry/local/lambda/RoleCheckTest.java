package imageferry.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.template.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleCheckTest {
    private final RoleCheck roleCheck = new RoleCheck(Map.of(
            "ReadFunction",
            List.of(
                    new Statement(
                            true, List.of("dynamodb:GetItem", "s3:Get*"), List.of("arn:aws:s3:::b-*/in/*", "arn:t")),
                    new Statement(false, List.of("s3:GetObject"), List.of("arn:aws:s3:::b-1/in/secret?"))),
            "IdleFunction",
            List.of(),
            "OneItemFunction",
            List.of(new Statement(true, List.of("dynamodb:PutItem"), List.of("arn:t"), Set.of("SECRET#lists")))));

    @Test
    void a_function_may_do_the_actions_of_a_statement() {
        assertThat(roleCheck.refusal("LOCALReadFunction", "dynamodb:getitem", "arn:t"))
                .isEmpty();
        assertThat(roleCheck.refusal("LOCALReadFunction", "s3:GetObjectAttributes", "arn:aws:s3:::b-2/in/a/b"))
                .isEmpty();
    }

    @Test
    void everything_else_is_refused_with_function_action_and_resource() {
        assertThat(roleCheck.refusal("LOCALIdleFunction", "dynamodb:GetItem", "arn:t"))
                .hasValue("IdleFunction's role does not allow dynamodb:GetItem on arn:t");
        assertThat(roleCheck.refusal("LOCALReadFunction", "s3:PutObject", "arn:aws:s3:::b-2/in/a"))
                .isPresent();
        assertThat(roleCheck.refusal("LOCALReadFunction", "s3:GetObject", "arn:aws:s3:::b-2/out/a"))
                .isPresent();
        assertThat(roleCheck.refusal("LOCALNobodyFunction", "s3:GetObject", "arn:aws:s3:::b-2/in/a"))
                .isPresent();
    }

    @Test
    void a_deny_overrides_an_allow() {
        assertThat(roleCheck.refusal("LOCALReadFunction", "s3:GetObject", "arn:aws:s3:::b-1/in/secret1"))
                .isPresent();
        assertThat(roleCheck.refusal("LOCALReadFunction", "s3:GetObject", "arn:aws:s3:::b-1/in/secret12"))
                .isEmpty();
    }

    @Test
    void a_statement_about_some_items_does_not_cover_others() {
        assertThat(roleCheck.refusal("LOCALOneItemFunction", "dynamodb:PutItem", "arn:t", Set.of("SECRET#lists")))
                .isEmpty();
        assertThat(roleCheck.refusal(
                        "LOCALOneItemFunction", "dynamodb:PutItem", "arn:t", Set.of("SECRET#lists", "IMAGE#m")))
                .isPresent();
        assertThat(roleCheck.refusal("LOCALOneItemFunction", "dynamodb:PutItem", "arn:t"))
                .isPresent();
    }

    @Test
    void keys_of_no_function_belong_to_the_user_of_this_machine() {
        assertThat(roleCheck.refusal("anything", "s3:PutObject", "arn:aws:s3:::b-1/in/a"))
                .isEmpty();
        assertThat(roleCheck.refusal("", "s3:PutObject", "arn:aws:s3:::b-1/in/a"))
                .isEmpty();
    }

    @Test
    void used_rights_are_recorded_once_and_refused_ones_are_not() {
        var _ = roleCheck.refusal("LOCALReadFunction", "dynamodb:GetItem", "arn:t");
        var _ = roleCheck.refusal("LOCALReadFunction", "dynamodb:GetItem", "arn:t");
        var _ = roleCheck.refusal("LOCALReadFunction", "dynamodb:PutItem", "arn:t");
        var _ = roleCheck.refusal("somebody", "dynamodb:PutItem", "arn:t");

        assertThat(roleCheck.used()).containsExactly(new RoleCheck.Use("ReadFunction", "dynamodb:GetItem", "arn:t"));
    }

    @Test
    void refusals_of_functions_are_recorded_and_those_of_users_are_not() {
        roleCheck.refusal("LOCALIdleFunction", "dynamodb:GetItem", "arn:t");
        roleCheck.refusal("LOCALReadFunction", "dynamodb:GetItem", "arn:t");
        roleCheck.refusal("somebody", "dynamodb:GetItem", "arn:t");

        assertThat(roleCheck.refused()).containsExactly(new RoleCheck.Use("IdleFunction", "dynamodb:GetItem", "arn:t"));
    }
}
