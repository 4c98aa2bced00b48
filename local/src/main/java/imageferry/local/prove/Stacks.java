package imageferry.local.prove;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The commands of {@code ./stacks} and SAM for one installation. */
record Stacks(Settings settings, Programs programs) {
    private static final JsonMapper JSON = new JsonMapper();

    Programs.Result deploy(List<String> parameters) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("./stacks", "deploy"));
        command.addAll(parameters);
        return run(command);
    }

    Programs.Result remove() throws IOException, InterruptedException {
        return run(List.of("./stacks", "remove"));
    }

    private Programs.Result run(List<String> command) throws IOException, InterruptedException {
        return programs.run(
                Map.of("IMAGEFERRY_INSTALLATION", settings.installation(), "AWS_REGION", settings.home()), command);
    }

    /**
     * Returns the outputs of the home stack.
     *
     * @throws NotReady when there is no such stack
     */
    Map<String, String> outputs() throws IOException, InterruptedException {
        var listed = run(List.of(
                "sam",
                "list",
                "stack-outputs",
                "--stack-name",
                settings.installation(),
                "--region",
                settings.home(),
                "--output",
                "json"));
        if (!listed.succeeded()) {
            throw new NotReady("There is no deployed home stack: " + listed.end());
        }
        var outputs = new HashMap<String, String>();
        JSON.readTree(listed.output())
                .forEach(output -> outputs.put(
                        output.path("OutputKey").asText(),
                        output.path("OutputValue").asText()));
        return outputs;
    }

    /** Returns where the API answers. An emulator takes the API's id in the path, because the host is one of AWS. */
    URI reachable(String apiUrl) {
        var url = URI.create(apiUrl);
        return settings.emulator()
                .map(endpoint ->
                        endpoint.resolve("/_aws/execute-api/" + url.getHost().split("\\.", 2)[0] + "/v1"))
                .orElse(url);
    }
}
