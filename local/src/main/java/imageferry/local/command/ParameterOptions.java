package imageferry.local.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a local cloud: the template's own parameters. */
final class ParameterOptions {
    @Option(
            names = "--regions",
            split = ",",
            paramLabel = "REGION",
            description = "The enabled regions; the first is the home region. Default: the template's.")
    List<String> regions = List.of();

    @Option(
            names = "--installation",
            paramLabel = "NAME",
            description = "The name from which buckets and table are named. Default: imageferry.")
    private @Nullable String installation;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Sets a parameter of template.yaml, as ApprovalAboveBytes=1048576.")
    private Map<String, String> others = new LinkedHashMap<>();

    /** The values that replace the template's defaults. */
    Map<String, String> parameters() {
        var all = new LinkedHashMap<>(others);
        if (installation != null) {
            all.put("Installation", installation);
        }
        return all;
    }
}
