package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.instance.SystemDisks;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The promises of every region's bucket and key. */
class RegionTest {
    private static final JsonNode BUCKET = Shipped.REGION.at("/Resources/Bucket/Properties");

    private static final JsonNode OWN_PREFIX = new ObjectMapper()
            .valueToTree(Map.of(
                    "Fn::Join",
                    List.of(
                            "",
                            List.of(
                                    Map.of("Fn::GetAtt", List.of("Bucket", "Arn")),
                                    "/imports/${aws:PrincipalAccount}/*"))));

    @Test
    void the_bucket_has_the_name_that_the_roles_of_the_home_stack_know() {
        var name = "${Installation}-${AWS::AccountId}-${AWS::Region}";
        assertThat(BUCKET.at("/BucketName/Fn::If/0").asText()).isEqualTo("BucketIsAccountRegional");
        assertThat(BUCKET.at("/BucketName/Fn::If/1/Fn::Sub").asText()).isEqualTo(name + "-an");
        assertThat(BUCKET.at("/BucketName/Fn::If/2/Fn::Sub").asText()).isEqualTo(name);
        assertThat(Shipped.REGION
                        .at("/Resources/KeyAlias/Properties/AliasName/Fn::Sub")
                        .asText())
                .isEqualTo("alias/${Installation}");
    }

    @Test
    void nothing_in_it_is_public() {
        assertThat(BUCKET.get("PublicAccessBlockConfiguration"))
                .hasSize(4)
                .allSatisfy(block -> assertThat(block.asBoolean()).isTrue());
        assertThat(statement("OnlyOverTls").get("Effect").asText()).isEqualTo("Deny");
    }

    @Test
    void nothing_in_it_has_versions() {
        assertThat(BUCKET.has("VersioningConfiguration")).isFalse();
    }

    @Test
    void only_an_account_itself_uploads_under_its_prefix() {
        assertThat(statement("UploadUnderOnesOwnPrefix").get("Resource")).isEqualTo(OWN_PREFIX);

        var keepOut = statement("KeepOutOfOthersPrefixes");
        assertThat(keepOut.get("Effect").asText()).isEqualTo("Deny");
        assertThat(keepOut.get("Principal").asText()).isEqualTo("*");
        assertThat(keepOut.get("NotResource")).hasSize(3).contains(OWN_PREFIX);
        assertThat(keepOut.at("/NotResource/1/Fn::Sub").asText()).isEqualTo("${Bucket.Arn}/ledger");
        assertThat(keepOut.at("/NotResource/0/Fn::Sub").asText()).isEqualTo("${Bucket.Arn}/snapshots/*");
        assertThat(keepOut.get("Action").asText()).isEqualTo("s3:PutObject");
        assertThat(keepOut.has("Condition")).isFalse();
    }

    @Test
    void only_the_importing_functions_tag_uploads_of_another_account() {
        var keepOff = statement("KeepTagsOffOthersUploads");

        assertThat(keepOff.get("Effect").asText()).isEqualTo("Deny");
        assertThat(keepOff.get("Principal").asText()).isEqualTo("*");
        assertThat(keepOff.get("Action").asText()).isEqualTo("s3:PutObjectTagging");
        assertThat(keepOff.get("NotResource")).hasSize(2).contains(OWN_PREFIX);
        assertThat(keepOff.at("/NotResource/0/Fn::Sub").asText()).isEqualTo("${Bucket.Arn}/snapshots/*");
        assertThat(keepOff.get("Condition")).hasSize(1);
        // CloudFormation names a role after its stack and the function that SAM made it for.
        assertThat(Shipped.functions()).containsKeys("ImportUploadFunction", "SweepFunction");
        assertThat(keepOff.at("/Condition/ArnNotLike/aws:PrincipalArn").findValuesAsText("Fn::Sub"))
                .containsExactly(
                        "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*-ImportUploadFunctionRole-*",
                        "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*-SweepFunctionRole-*");
    }

    @Test
    void an_upload_that_the_service_cannot_read_is_denied() {
        var denied = statement("NoKeyOfTheUploader");

        assertThat(denied.get("Effect").asText()).isEqualTo("Deny");
        assertThat(denied.get("Principal").asText()).isEqualTo("*");
        assertThat(denied.get("Action").asText()).isEqualTo("s3:PutObject");
        assertThat(denied.at("/Resource/Fn::Sub").asText()).isEqualTo("${Bucket.Arn}/*");
        assertThat(denied.at("/Condition/Null")).hasSize(1);
        assertThat(denied.at("/Condition/Null/s3:x-amz-server-side-encryption-customer-algorithm")
                        .asText())
                .isEqualTo("false");
    }

    /** S3 would take the key aws/s3, perhaps of the uploader's account. */
    @Test
    void an_upload_under_kms_that_names_no_key_is_denied() {
        var denied = statement("NoUnnamedKey");

        assertThat(denied.get("Effect").asText()).isEqualTo("Deny");
        assertThat(denied.get("Principal").asText()).isEqualTo("*");
        assertThat(denied.get("Action").asText()).isEqualTo("s3:PutObject");
        assertThat(denied.at("/Resource/Fn::Sub").asText()).isEqualTo("${Bucket.Arn}/*");
        assertThat(denied.get("Condition")).hasSize(2);
        assertThat(denied.at("/Condition/StringEquals/s3:x-amz-server-side-encryption")
                        .asText())
                .isEqualTo("aws:kms");
        assertThat(denied.at("/Condition/Null/s3:x-amz-server-side-encryption-aws-kms-key-id")
                        .asText())
                .isEqualTo("true");
    }

    @Test
    void a_link_that_is_older_than_the_longest_one_is_denied() {
        var denied = statement("NoOldLinks");

        assertThat(denied.get("Effect").asText()).isEqualTo("Deny");
        assertThat(denied.get("Principal").asText()).isEqualTo("*");
        assertThat(denied.get("Action").asText()).isEqualTo("s3:GetObject");
        assertThat(denied.at("/Resource/Fn::Sub").asText()).isEqualTo("${Bucket.Arn}/*");
        assertThat(denied.at("/Condition/NumericGreaterThan/s3:signatureAge").asLong())
                .isEqualTo(SystemDisks.LONGEST.toMillis());
    }

    @Test
    void many_parts_need_one_request_to_the_key() {
        var encryption = BUCKET.at("/BucketEncryption/ServerSideEncryptionConfiguration/0");

        assertThat(encryption.at("/BucketKeyEnabled").asBoolean()).isTrue();
        assertThat(encryption
                        .at("/ServerSideEncryptionByDefault/KMSMasterKeyID/Fn::GetAtt/0")
                        .asText())
                .isEqualTo("Key");
    }

    @Test
    void one_list_of_accounts_opens_the_bucket_the_key_and_the_api() {
        var keyPolicy = Shipped.REGION.at("/Resources/Key/Properties/KeyPolicy/Statement/1/Fn::If");

        assertThat(statement("UploadUnderOnesOwnPrefix").get("Principal")).isEqualTo(theOperatorAndAllowedAccounts());
        assertThat(ofApi(0).at("/Principal/AWS/Ref").asText()).isEqualTo("AllowedAccounts");
        assertThat(ofApi(0).get("Action").asText()).isEqualTo("execute-api:Invoke");
        assertThat(keyPolicy.at("/0").asText()).isEqualTo("OthersAreAllowed");
        assertThat(keyPolicy.at("/1/Principal/AWS/Ref").asText()).isEqualTo("AllowedAccounts");
        assertThat(keyPolicy.at("/2/Ref").asText()).isEqualTo("AWS::NoValue");
    }

    /** Each of these also matches the operator's account, whose IAM policies must decide alone. */
    @Test
    void an_organization_opens_the_bucket_the_key_and_the_api_to_its_other_accounts() {
        var bucket = Shipped.REGION.at("/Resources/BucketPolicy/Properties/PolicyDocument/Statement");
        var key = Shipped.REGION.at("/Resources/Key/Properties/KeyPolicy/Statement");

        for (var statement : List.of(
                ofApi(1),
                bucket.get(bucket.size() - 1).at("/Fn::If/1"),
                key.get(key.size() - 1).at("/Fn::If/1"))) {
            assertThat(statement.at("/Principal/AWS").asText())
                    .as(statement.toString())
                    .isEqualTo("*");
            assertThat(statement
                            .at("/Condition/StringEquals/aws:PrincipalOrgID/Ref")
                            .asText())
                    .isEqualTo("AllowedOrganization");
            assertThat(statement
                            .at("/Condition/StringNotEquals/aws:PrincipalAccount/Ref")
                            .asText())
                    .isEqualTo("AWS::AccountId");
        }
        assertThat(bucket.get(bucket.size() - 1).at("/Fn::If/1/Resource")).isEqualTo(OWN_PREFIX);
    }

    /** A policy that allows a caller of the API's own account would be enough without any right in IAM. */
    @Test
    void the_policy_of_the_api_does_not_name_the_operator() {
        var policy = Shipped.GATEWAY.at("/x-amazon-apigateway-policy/Fn::If");

        assertThat(policy.get(0).asText()).isEqualTo("OthersMayCall");
        assertThat(policy.at("/2/Ref").asText()).isEqualTo("AWS::NoValue");
        assertThat(policy.at("/1/Statement"))
                .hasSize(2)
                .allSatisfy(statement -> assertThat(
                                Shipped.texts(statement.at("/Fn::If/1/Principal"), "AWS::AccountId"::equals))
                        .isEmpty());
    }

    private static JsonNode ofApi(int statement) {
        return Shipped.GATEWAY.at("/x-amazon-apigateway-policy/Fn::If/1/Statement/" + statement + "/Fn::If/1");
    }

    /** The required form of a policy. Without other accounts, an empty list would be a principal that does not exist. */
    private static JsonNode theOperatorAndAllowedAccounts() {
        var operator = Map.of("Ref", "AWS::AccountId");
        var others = Map.of("Fn::Join", List.of(",", Map.of("Ref", "AllowedAccounts")));
        var both = Map.of("Fn::Split", List.of(",", Map.of("Fn::Join", List.of(",", List.of(operator, others)))));
        return new ObjectMapper()
                .valueToTree(Map.of("AWS", Map.of("Fn::If", List.of("OthersAreAllowed", both, operator))));
    }

    @Test
    void events_of_uploads_go_to_the_home_region() {
        var rule = Shipped.REGION.at("/Resources/ForwardUploads");

        assertThat(BUCKET.at("/NotificationConfiguration/EventBridgeConfiguration/EventBridgeEnabled")
                        .asBoolean())
                .isTrue();
        assertThat(rule.get("Condition").asText()).isEqualTo("IsAway");
        assertThat(rule.at("/Properties/EventPattern/detail/object/key/0/prefix")
                        .asText())
                .isEqualTo("imports/");
        assertThat(rule.at("/Properties/Targets/0/Arn/Fn::Sub").asText())
                .isEqualTo("arn:${AWS::Partition}:events:${HomeRegion}:${AWS::AccountId}:event-bus/default");
        assertThat(forwardedTo()).contains(rule.at("/Properties/Targets/0/Arn"));
    }

    @Test
    void a_call_that_puts_the_key_at_risk_is_kept_in_the_home_region() {
        var report = Shipped.REGION.at("/Resources/ReportKeyAtRisk/Properties");
        var keep = Shipped.TEMPLATE.at("/Resources/KeysAtRiskRule/Properties");

        assertThat(Shipped.texts(report.at("/EventPattern/detail/eventName"), name -> true))
                .containsExactly("ScheduleKeyDeletion", "DisableKey");
        assertThat(report.at("/EventPattern/detail/resources/ARN/0/Fn::GetAtt/0")
                        .asText())
                .isEqualTo("Key");
        assertThat(report.at("/Targets/0/Arn/Fn::Sub").asText())
                .endsWith("event-bus/${"
                        + Shipped.TEMPLATE
                                .at("/Resources/Bus/Properties/Name/Ref")
                                .asText() + "}");
        assertThat(forwardedTo()).contains(report.at("/Targets/0/Arn"));
        assertThat(keep.get("EventPattern").get("source")).isEqualTo(report.at("/EventPattern/source"));
        assertThat(keep.at("/Targets/0/Arn/Fn::GetAtt/0").asText()).isEqualTo("KeysAtRisk");
        assertThat(Shipped.TEMPLATE
                        .at("/Resources/KeyAtRiskAlarm/Properties/Dimensions/0/Value/Fn::GetAtt/0")
                        .asText())
                .isEqualTo("KeysAtRisk");
    }

    private static JsonNode forwardedTo() {
        return Shipped.REGION.at("/Resources/Forwarder/Properties/Policies/0/PolicyDocument/Statement/0/Resource");
    }

    @Test
    void deleting_the_stack_of_a_region_removes_no_bytes_and_no_rights() {
        for (var resource : List.of("Bucket", "BucketPolicy", "Key", "KeyAlias")) {
            assertThat(Shipped.REGION
                            .at("/Resources/" + resource + "/DeletionPolicy")
                            .asText())
                    .as(resource)
                    .isEqualTo("RetainExceptOnCreate");
        }
    }

    /** Its maximum size as a part of a request, in bytes; a larger one would need a bucket in each region. */
    @Test
    void the_template_is_deployed_without_a_bucket_for_templates() {
        assertThat(Shipped.text("region.yaml").getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(51_200);

        var config = Shipped.text("samconfig.toml");
        var ofRegions = config.substring(config.indexOf("[region.deploy.parameters]"));
        assertThat(ofRegions.substring(0, ofRegions.indexOf("\n\n"))).doesNotContain("resolve_s3", "s3_bucket");
    }

    @Test
    void an_unfinished_upload_is_kept_longer_than_the_longest_wait_of_a_copy() {
        assertThat(BUCKET.at("/LifecycleConfiguration/Rules"))
                .allSatisfy(rule -> assertThat(rule.at("/AbortIncompleteMultipartUpload/DaysAfterInitiation")
                                .asInt())
                        .isGreaterThan(7));
    }

    @Test
    void a_statement_about_everything_is_in_the_policy_of_a_key_and_means_that_key() {
        Shipped.eachObject(Shipped.REGION, (path, node) -> {
            if (!Shipped.texts(node.path("Resource"), "*"::equals).isEmpty()) {
                assertThat(path).startsWith("/Resources/Key/Properties/KeyPolicy/");
            }
        });
    }

    private static JsonNode statement(String sid) {
        for (var statement : Shipped.REGION.at("/Resources/BucketPolicy/Properties/PolicyDocument/Statement")) {
            if (statement.path("Sid").asText().equals(sid)) {
                return statement;
            }
        }
        throw new AssertionError("no statement " + sid);
    }
}
