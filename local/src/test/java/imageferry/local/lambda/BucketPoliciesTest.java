package imageferry.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import imageferry.local.lint.Tool;
import imageferry.local.template.BucketStatement;
import imageferry.local.template.RegionTemplate;
import imageferry.local.template.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policy of {@code region.yaml}, and single conditions. */
class BucketPoliciesTest {
    private static final String ACCOUNT = "111111111111";
    private static final String BUCKET = "imageferry-111111111111-eu-west-1";
    private static final String OBJECT = "arn:aws:s3:::" + BUCKET + "/";

    private final BucketPolicies shipped =
            new BucketPolicies(ACCOUNT, Map.of(BUCKET, RegionTemplate.bucketPolicy(Tool.HOME, Map.of(), "eu-west-1")));

    @Test
    void a_function_reads_and_writes_snapshots_and_the_owner_of_the_bucket() {
        for (var action : List.of("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:PutObjectTagging")) {
            assertThat(shipped.refusal("SweepFunction", action, OBJECT + "snapshots/s-1"))
                    .as(action)
                    .isEmpty();
        }
        assertThat(shipped.refusal("StartSnapshotCopyFunction", "s3:PutObject", OBJECT + "ledger"))
                .isEmpty();
        assertThat(shipped.refusal("SweepFunction", "s3:ListBucket", "arn:aws:s3:::" + BUCKET))
                .isEmpty();
    }

    @Test
    void no_function_writes_under_the_prefix_of_an_account() {
        assertThat(shipped.refusal("SweepFunction", "s3:PutObject", OBJECT + "imports/222222222222/disk"))
                .get()
                .asString()
                .contains("KeepOutOfOthersPrefixes", "SweepFunction", "imports/222222222222/disk");
        assertThat(shipped.refusal("SweepFunction", "s3:PutObject", OBJECT + "imports/" + ACCOUNT + "/disk"))
                .isEmpty();
    }

    @Test
    void only_the_function_for_uploads_tags_them() {
        var upload = OBJECT + "imports/222222222222/disk";

        assertThat(shipped.refusal("ImportUploadFunction", "s3:PutObjectTagging", upload))
                .isEmpty();
        assertThat(shipped.refusal("SettleCopyFunction", "s3:PutObjectTagging", upload))
                .get()
                .asString()
                .contains("KeepTagsOffOthersUploads");
    }

    @Test
    void another_bucket_has_no_policy_here() {
        assertThat(shipped.refusal("SweepFunction", "s3:PutObject", "arn:aws:s3:::other/imports/2/disk"))
                .isEmpty();
    }

    @Test
    void a_denied_request_is_a_missing_right() {
        var roles = Map.of("SweepFunction", List.of(new Statement(true, List.of("s3:*"), List.of("*"))));
        var roleCheck = new RoleCheck(roles, shipped);

        assertThat(roleCheck.refusal("LOCALSweepFunction", "s3:PutObject", OBJECT + "code/x"))
                .isPresent();
        assertThat(roleCheck.refusal("LOCALSweepFunction", "s3:GetObject", OBJECT + "code/x"))
                .isEmpty();

        assertThat(roleCheck.refused()).extracting(RoleCheck.Use::action).containsExactly("s3:PutObject");
        assertThat(roleCheck.used()).extracting(RoleCheck.Use::action).containsExactly("s3:GetObject");
    }

    @ParameterizedTest
    @CsvSource({
        "Bool, aws:SecureTransport, true, true",
        "Bool, aws:SecureTransport, false, false",
        "StringEquals, aws:PrincipalAccount, 111111111111, true",
        "StringEquals, aws:PrincipalAccount, 222222222222, false",
        "StringNotEquals, aws:PrincipalAccount, 222222222222, true",
        "StringEquals, s3:x-amz-acl, private, false",
        "StringNotEquals, s3:x-amz-acl, private, true",
        "Null, s3:x-amz-acl, true, true",
        "Null, s3:x-amz-acl, false, false",
        "Null, aws:PrincipalArn, false, true",
        "ArnLike, aws:PrincipalArn, arn:aws:iam::*:role/*-AFunctionRole-*, true",
        "ArnNotLike, aws:PrincipalArn, arn:aws:iam::*:role/*-AFunctionRole-*, false",
        "ArnNotLike, aws:PrincipalArn, arn:aws:iam::*:role/*-BFunctionRole-*, true",
        "StringLike, aws:PrincipalAccount, 1*, true",
        "StringNotLike, aws:PrincipalAccount, 1*, false",
        "NumericGreaterThan, s3:signatureAge, 1, false",
        "NumericGreaterThan, aws:PrincipalAccount, 1, true",
    })
    void a_denial_needs_all_its_conditions(String operator, String key, String value, boolean denies) {
        var conditions = Map.of(operator, Map.of(key, List.of(value)));
        var statement = new BucketStatement("No", false, List.of("S3:*"), List.of("*"), false, conditions);
        var policies = new BucketPolicies(ACCOUNT, Map.of(BUCKET, List.of(statement)));

        assertThat(policies.refusal("AFunction", "s3:GetObject", OBJECT + "x").isPresent())
                .isEqualTo(denies);
    }

    @Test
    void an_unknown_operator_is_not_ignored() {
        var conditions = Map.of("IpAddress", Map.of("aws:SourceIp", List.of("10.0.0.0/8")));
        var statement = new BucketStatement("No", false, List.of("s3:*"), List.of("*"), false, conditions);
        var policies = new BucketPolicies(ACCOUNT, Map.of(BUCKET, List.of(statement)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> policies.refusal("AFunction", "s3:GetObject", OBJECT + "x"))
                .withMessageContaining("IpAddress");
    }
}
