package imageferry.local.prove;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/**
 * The copy workers, stopped: Lambda refuses each of their invocations until this is closed. A reservation of 0 is possible
 * in every account, however small its limit is.
 */
final class Workers implements AutoCloseable {
    /** CloudFormation shortens long names, and adds a random end. */
    private static final String FUNCTION = "-CopySnapshotParts";

    private final LambdaClient functions;
    private final String worker;
    private final @Nullable Integer reserved;

    private Workers(LambdaClient functions, String worker) {
        this.functions = functions;
        this.worker = worker;
        this.reserved =
                functions.getFunctionConcurrency(r -> r.functionName(worker)).reservedConcurrentExecutions();
        functions.putFunctionConcurrency(r -> r.functionName(worker).reservedConcurrentExecutions(0));
    }

    static Workers stopped(Installation installation) throws IOException, InterruptedException {
        var settings = installation.settings();
        var functions = installation.access().functions(settings.home());
        return new Workers(functions, find(functions, settings.installation() + FUNCTION));
    }

    private static String find(LambdaClient functions, String beginning) {
        return functions.listFunctionsPaginator().functions().stream()
                .map(FunctionConfiguration::functionName)
                .filter(name -> name.startsWith(beginning))
                .findFirst()
                .orElseThrow(() -> new NotReady("There is no function " + beginning + "…."));
    }

    /** Gives them back the concurrency that they had. */
    @Override
    public void close() {
        if (reserved == null || reserved == 0) {
            functions.deleteFunctionConcurrency(r -> r.functionName(worker));
        } else {
            functions.putFunctionConcurrency(r -> r.functionName(worker).reservedConcurrentExecutions(reserved));
        }
        functions.close();
    }
}
