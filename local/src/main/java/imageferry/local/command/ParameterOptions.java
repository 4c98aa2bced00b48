package imageferry.local.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Sets a parameter of template.yaml, as ApprovalAboveBytes=1048576.")
    Map<String, String> parameters = new LinkedHashMap<>();
}
