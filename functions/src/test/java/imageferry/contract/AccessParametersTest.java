package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both stacks and the functions accept the same accounts, organizations and approvers. */
class AccessParametersTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AllowedAccounts     | true  | 222222222222
            AllowedAccounts     | false | 22222222222
            AllowedAccounts     | false | *
            AllowedOrganization | true  | o-a1b2c3d4e5
            AllowedOrganization | false | o-a1b2c3d4
            AllowedOrganization | false | o-A1b2c3d4e5
            AllowedOrganization | false | r-a1b2c3d4e5
            ApproverArns        | true  | arn:aws:iam::111111111111:user/ops/*
            ApproverArns        | true  | arn:aws:iam::111111111111:role/a/b/Approver
            ApproverArns        | true  | arn:aws:iam::111111111111:role/Approver-*
            ApproverArns        | true  | arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Approver_*
            ApproverArns        | true  | arn:aws-us-gov:sts::111111111111:assumed-role/Approver/*
            ApproverArns        | true  | arn:aws:sts::111111111111:federated-user/ann
            ApproverArns        | false | arn:aws:iam::111111111111:role/team/*
            ApproverArns        | false | arn:aws:iam::111111111111:role/
            ApproverArns        | false | arn:aws:iam::111111111111:root
            ApproverArns        | false | arn:aws:iam::*:role/Approver
            ApproverArns        | false | *
            """)
    void the_templates_and_the_functions_take_the_same_values(String parameter, boolean taken, String value) {
        var pattern = Shipped.TEMPLATE
                .at("/Parameters/" + parameter + "/AllowedPattern")
                .asText();

        assertThat(value.matches(pattern)).isEqualTo(taken);
        assertThat("".matches(pattern)).as("no value").isTrue();
        if (!parameter.equals("ApproverArns")) {
            assertThat(Shipped.REGION
                            .at("/Parameters/" + parameter + "/AllowedPattern")
                            .asText())
                    .isEqualTo(pattern);
        }
        // Only local mode has the * that stands for all.
        assertThat(isRead(parameter, value)).isEqualTo(taken || value.equals(Access.ANYBODY));
    }

    private static boolean isRead(String parameter, String value) {
        try {
            return !(parameter.equals("ApproverArns") ? Access.approvers(value) : Access.allowed(value)).isEmpty();
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    /** A variable cannot be empty, and the operator's account may always call. */
    @Test
    void the_functions_get_the_operators_account_and_all_allowed_ones() {
        var allowed = Shipped.TEMPLATE.at("/Globals/Function/Environment/Variables/ALLOWED_CALLERS/Fn::Join/1");

        assertThat(allowed.at("/0/Ref").asText()).isEqualTo("AWS::AccountId");
        assertThat(allowed.at("/1/Fn::If/1/Fn::Join/1/1/Fn::Join/1/Ref").asText())
                .isEqualTo("AllowedAccounts");
        assertThat(allowed.at("/2/Fn::If/1/Fn::Sub").asText()).isEqualTo(",${AllowedOrganization}");
        assertThat(Shipped.TEMPLATE
                        .at("/Globals/Function/Environment/Variables/APPROVER_ARNS/Fn::If/1/Fn::Join/1/Ref")
                        .asText())
                .isEqualTo("ApproverArns");
    }

    @Test
    void a_changed_policy_is_deployed() {
        assertThat(Shipped.TEMPLATE.at("/Resources/Api/Properties/AlwaysDeploy").asBoolean())
                .isTrue();
    }
}
