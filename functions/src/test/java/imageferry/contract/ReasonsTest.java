package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.Reason;
import imageferry.rule.Code;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/errors.md tells what each reason means that a copy can end with. */
class ReasonsTest {
    @Test
    void each_is_on_the_page() throws IOException {
        var page = Files.readString(Shipped.home().resolve("docs/errors.md"));

        assertThat(reasons())
                .hasSizeGreaterThan(8)
                .allSatisfy(reason -> assertThat(page).contains("| `" + reason + "` | "));
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
