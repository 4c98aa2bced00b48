package imageferry.local.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Small stacks, written to a folder and read from there. */
final class TemplateFiles {
    private static final String PARAMETERS = """
            Parameters:
              Regions: {Type: CommaDelimitedList, Default: "us-east-1,eu-west-1"}
              Slots: {Type: Number, Default: 5, MinValue: 1, MaxValue: 9}
              Size: {Type: String, Default: small, AllowedValues: [small, large]}
              Mail: {Type: String, Default: a@b, AllowedPattern: ".+@.+", ConstraintDescription: it needs an @}
            """;

    private TemplateFiles() {}

    static Template read(Path home, String resources, Map<String, String> overrides) throws IOException {
        Files.writeString(home.resolve("template.yaml"), PARAMETERS + resources);
        return Template.read(home, overrides);
    }

    static Template read(Path home, String resources) throws IOException {
        return read(home, resources, Map.of());
    }
}
