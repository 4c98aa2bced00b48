package imageferry.function.edge;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.rule.Code;
import imageferry.rule.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every code has one status, and a problem has every violation. */
class ProblemTest {
    @ParameterizedTest
    @EnumSource(Code.class)
    void every_code_has_a_status_of_the_4xx_class(Code code) {
        var problem = Problem.of(List.of(Violation.of(code, "field", "value", "A sentence")), "r-1");

        assertThat(problem.status()).isBetween(400, 499);
        assertThat(problem.code()).isEqualTo(code.toString());
        assertThat(problem.type()).isEqualTo("/problems/" + code);
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGE_NOT_FOUND, 404",
        "INCORRECT_IMAGE_STATUS, 409",
        "IMAGE_COPYING, 409",
        "IMAGE_NAME_DUPLICATED, 409",
        "INCORRECT_DESTINATION_REGION, 400",
        "IMAGE_QUOTA, 403",
        "IMAGE_CREATED_NOT_FROM_COPY, 409",
        "IMAGE_USE_SHARED, 409",
        "IMAGE_USING_BY_INSTANCE, 409",
        "PUBLIC_IMAGE, 403",
        "MARKETPLACE_IMAGE, 403",
        "SHARED_IMAGE, 403",
        "IDEMPOTENT_PARAMETER_MISMATCH, 409",
        "IMAGE_IN_OTHER_REGION, 409",
        "MISSING_IDENTITY, 403",
        "BODY_TOO_LARGE, 413"
    })
    void the_statuses_are_those_of_the_contract(Code code, int status) {
        assertThat(Problem.status(code.kind())).isEqualTo(status);
    }

    @Test
    void the_first_violation_is_the_problems_own_and_all_are_listed() {
        var problem = Problem.of(
                List.of(
                        new Violation(Code.IMAGE_QUOTA, "", "", "Too many"),
                        new Violation(Code.INVALID_IMAGE_NAME, "targets[1].name", "1x", "No name")),
                "r-1");

        assertThat(Json.text(problem))
                .isEqualTo(
                        "{\"type\":\"/problems/QuotaExceed.Image\",\"title\":\"The caller may not do this\",\"status\":403,"
                                + "\"code\":\"QuotaExceed.Image\",\"detail\":\"Too many\",\"violations\":[{\"code\":"
                                + "\"QuotaExceed.Image\",\"detail\":\"Too many\"},{\"code\":\"InvalidImageName.Malformed\",\"field\":"
                                + "\"targets[1].name\",\"value\":\"1x\",\"detail\":\"No name\"}],\"requestId\":\"r-1\"}");
    }
}
