package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every region's bucket and key promise. */
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
        assertThat(BUCKET.at("/BucketName/Fn::Sub").asText()).isEqualTo("imageferry-${AWS::AccountId}-${AWS::Region}");
        assertThat(Shipped.REGION.at("/Resources/KeyAlias/Properties/AliasName").asText())
                .isEqualTo("alias/imageferry");
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
    void an_account_uploads_under_its_own_prefix_and_nobody_else_does() {
        assertThat(statement("UploadUnderOnesOwnPrefix").get("Resource")).isEqualTo(OWN_PREFIX);

        var keepOut = statement("KeepOutOfOthersPrefixes");
        assertThat(keepOut.get("Effect").asText()).isEqualTo("Deny");
        assertThat(keepOut.get("Principal").asText()).isEqualTo("*");
        assertThat(keepOut.get("NotResource")).hasSize(2).contains(OWN_PREFIX);
        assertThat(keepOut.at("/NotResource/0/Fn::Sub").asText()).isEqualTo("${Bucket.Arn}/snapshots/*");
        assertThat(Shipped.texts(keepOut.get("Action"), text -> true))
                .containsExactly("s3:PutObject", "s3:PutObjectTagging");
    }

    @Test
    void an_unfinished_upload_outlives_the_longest_wait_of_a_copy_that_moves_bytes() {
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
