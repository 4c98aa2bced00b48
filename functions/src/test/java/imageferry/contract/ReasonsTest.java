package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.Reason;
import imageferry.rule.Code;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/errors.md explains each reason that a copy can end with, and no other. */
class ReasonsTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w.]+)` \\| ");
    /** The reason of a copy when nothing else is known. */
    private static final String NAMED_BY_NOBODY = "InternalError";

    @Test
    void the_page_has_each_and_no_other() {
        var page = Shipped.text("docs/errors.md");
        var said = ROW.matcher(page.substring(page.indexOf("## Reasons of failed and cancelled copies")))
                .results()
                .map(row -> row.group(1))
                .filter(code -> !code.equals(NAMED_BY_NOBODY))
                .toList();

        assertThat(said).hasSizeGreaterThan(8).containsExactlyInAnyOrderElementsOf(reasons());
    }

    private static List<String> reasons() {
        return Arrays.stream(Reason.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                .map(field -> {
                    try {
                        return (String) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new LinkageError("A public field", e);
                    }
                })
                .filter(reason -> Arrays.stream(Code.values())
                        .noneMatch(code -> code.toString().equals(reason)))
                .toList();
    }
}
