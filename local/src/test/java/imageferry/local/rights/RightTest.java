package imageferry.local.rights;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.lambda.RoleCheck.Use;
import imageferry.local.template.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class RightTest {
    private static final Right GET = new Right("ReadFunction", "s3:GetObject", "arn:aws:s3:::b-*/in/*");

    @Test
    void a_statement_gives_each_of_its_actions_on_each_of_its_resources() {
        var statements = List.of(
                new Statement(true, List.of("s3:GetObject", "s3:PutObject"), List.of("a", "b")),
                new Statement(false, List.of("s3:DeleteObject"), List.of("a")));

        assertThat(Right.of("F", statements))
                .hasToString("[F,s3:GetObject,a, F,s3:GetObject,b, F,s3:PutObject,a, F,s3:PutObject,b]");
    }

    @Test
    void it_covers_its_own_role_action_and_resource_only() {
        assertThat(GET.servesFor(new Use("ReadFunction", "s3:getobject", "arn:aws:s3:::b-1/in/x/y")))
                .isTrue();
        assertThat(GET.servesFor(new Use("OtherFunction", "s3:GetObject", "arn:aws:s3:::b-1/in/x")))
                .isFalse();
        assertThat(GET.servesFor(new Use("ReadFunction", "s3:GetObjectTagging", "arn:aws:s3:::b-1/in/x")))
                .isFalse();
        assertThat(GET.servesFor(new Use("ReadFunction", "s3:GetObject", "arn:aws:s3:::b-1/out/x")))
                .isFalse();
    }
}
