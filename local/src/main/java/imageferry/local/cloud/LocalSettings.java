package imageferry.local.cloud;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of a local cloud.
 *
 * @param home the folder of template.yaml and the files that it names
 * @param data the folder for all data; created when absent
 * @param port of the API, 0 for any free one
 * @param s3Port of S3, 0 for any free one
 * @param regions in place of the template's, the home region first; empty for the template's own
 * @param parameters of the template, by name
 * @param functionsZip the built functions
 */
public record LocalSettings(
        Path home,
        Path data,
        int port,
        int s3Port,
        List<String> regions,
        Map<String, String> parameters,
        Path functionsZip) {
    public LocalSettings {
        regions = List.copyOf(regions);
        parameters = Map.copyOf(parameters);
    }

    Map<String, String> overrides() {
        var overrides = new LinkedHashMap<>(parameters);
        if (!regions.isEmpty()) {
            overrides.put("Regions", String.join(",", regions));
        }
        return overrides;
    }
}
