package imageferry.local.deployed;

import imageferry.local.localstack.LocalStack;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The table of the deployed stack, read by a client of another project. */
final class Records implements AutoCloseable {
    /** Records that remain after all images: their origin, their requester, and their cost. */
    private static final Set<String> HISTORY =
            Set.of("COPY", "GROUP", "TICKET", "REQUEST", "USAGE", "SECRET", "LEDGER", "ORPHANS", "SWEEP");

    private final DynamoDbClient table;

    Records(LocalStack cloud) {
        table = cloud.client(DynamoDbClient.builder(), Deployment.OPERATOR, Deployment.HOME);
    }

    /** The keys of all items without the history: images, names, instances, queues, slots and uses. */
    List<String> unfinished() {
        return table.scanPaginator(r -> r.tableName("Imageferry").consistentRead(true)).items().stream()
                .filter(item -> !isFinished(item))
                .map(item -> text(item, "pk") + " " + text(item, "sk"))
                .toList();
    }

    private static boolean isFinished(Map<String, AttributeValue> item) {
        var kind = text(item, "pk").split("#", 2)[0];
        return switch (kind) {
            case "QUOTA" -> Objects.requireNonNull(item.get("count")).n().equals("0");
            case "REGION" ->
                text(item, "sk").equals("SLOTS")
                        && Objects.requireNonNull(item.get("holders")).m().isEmpty();
            default -> HISTORY.contains(kind) && !item.containsKey("unfinished");
        };
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name).s();
    }

    @Override
    public void close() {
        table.close();
    }
}
