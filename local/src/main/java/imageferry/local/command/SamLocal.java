package imageferry.local.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.local.template.FunctionSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.TreeMap;

/**
 * Environment variables for {@code sam local}, which reads the template without a stack. So it knows neither the table's name
 * nor the regions nor the operator.
 */
final class SamLocal {
    private SamLocal() {}

    /**
     * Writes the file that {@code --env-vars} takes: the variables of each function, and where the services are. Replaces
     * the file as a whole, so a reader never sees half of it.
     */
    static void write(Path file, Collection<FunctionSpec> functions, URI services) throws IOException {
        var environments = new TreeMap<String, TreeMap<String, String>>();
        for (var function : functions) {
            var environment = new TreeMap<>(function.environment());
            environment.put("AWS_ENDPOINT_URL", services.toString());
            environments.put(function.logicalId(), environment);
        }
        var next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(environments));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
