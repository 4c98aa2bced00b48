package imageferry.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShippedTemplateTest {
    private final Template template = Template.read(Path.of(System.getProperty("imageferry.home")), Map.of());

    @Test
    void every_function_has_its_own_class_and_role() {
        assertThat(template.functions()).isNotEmpty().allSatisfy((id, function) -> {
            assertThat(function.handlerClass()).isEqualTo("imageferry.function." + id);
            assertThat(function.statements()).isNotEmpty();
            assertThat(function.environment()).containsEntry("TABLE_NAME", "Imageferry");
        });
    }

    /** A header names the caller here, and nothing checks it. */
    @Test
    void every_account_may_call_on_this_machine_unless_some_are_allowed() {
        assertThat(allowedCallers(Map.of())).isEqualTo("*");
        assertThat(allowedCallers(Map.of("AllowedAccounts", "222222222222,333333333333")))
                .isEqualTo("111111111111,222222222222,333333333333");
        assertThat(allowedCallers(Map.of("AllowedOrganization", "o-a1b2c3d4e5")))
                .isEqualTo("111111111111,o-a1b2c3d4e5");
        assertThat(allowedCallers(Map.of("AllowedAccounts", ""))).isEqualTo("111111111111");
    }

    private static String allowedCallers(Map<String, String> parameters) {
        return Template.read(Path.of(System.getProperty("imageferry.home")), parameters)
                .functions()
                .get("DescribeAccountFunction")
                .environment()
                .get("ALLOWED_CALLERS");
    }

    @Test
    void the_stream_has_exactly_two_readers() {
        assertThat(template.functions().values().stream().flatMap(function -> function.streams().stream()))
                .extracting(StreamMapping::function)
                .containsExactlyInAnyOrder("AdvanceCopiesFunction", "PublishChangesFunction");
    }

    @Test
    void the_api_names_its_functions_by_arn() {
        assertThat(template.apis())
                .singleElement()
                .satisfies(
                        api -> assertThat(api.openApi()
                                        .at("/paths/~1images/post/x-amazon-apigateway-integration/uri")
                                        .asText())
                                .endsWith(
                                        "/functions/arn:aws:lambda:us-east-1:111111111111:function:ImportImageFunction/invocations"));
    }
}
