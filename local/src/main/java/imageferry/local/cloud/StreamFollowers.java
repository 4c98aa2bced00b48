package imageferry.local.cloud;

import imageferry.local.data.DataDisk;
import imageferry.local.lambda.LambdaService;
import imageferry.local.lambda.Undelivered;
import imageferry.local.stream.StreamFollower;
import imageferry.local.template.FunctionSpec;
import imageferry.local.template.StreamMapping;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Starts one follower for each table's stream that the template maps to a function.
 *
 * @param checkpoints the folder for the position of each follower
 */
record StreamFollowers(
        DynamoDbStreamsClient streams,
        String region,
        Path checkpoints,
        LambdaService lambda,
        Undelivered undelivered,
        DataDisk disk) {
    /** Returns the last change that every follower has read; 0 when one has read none. */
    static long lastReadByAll(Collection<FunctionSpec> functions, Path checkpoints) {
        return functions.stream()
                .flatMap(function -> function.streams().stream())
                .mapToLong(mapping -> StreamFollower.lastRead(mapping, checkpoints))
                .min()
                .orElse(0);
    }

    /** @param started gets each follower, to close it */
    void start(
            Collection<FunctionSpec> functions,
            Map<String, TableDescription> tables,
            Consumer<StreamFollower> started) {
        for (var function : functions) {
            for (var mapping : function.streams()) {
                tables.forEach((name, table) -> {
                    if (mapping.streamArn().contains(":table/" + name + "/")) {
                        started.accept(follower(mapping, table.latestStreamArn()));
                    }
                });
            }
        }
    }

    private StreamFollower follower(StreamMapping mapping, String streamArn) {
        return StreamFollower.start(
                mapping,
                streams,
                streamArn,
                region,
                checkpoints,
                event -> lambda.invokeAndReport(mapping.function(), event),
                undelivered,
                disk);
    }
}
