package imageferry.local.store;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;
import software.amazon.dynamodb.services.local.shared.access.LocalDBClient;
import software.amazon.dynamodb.services.local.shared.jobs.JobsRegister;

/** DynamoDB Local, one database file for all callers, on a {@link TransactionalDatabase} in place of its own. */
final class CommittedTransactions extends LocalDynamoDBRequestHandler {
    /** DynamoDB Local's name for the database that all callers share. */
    private static final String SHARED = "shared-local-instance";

    private static final int BACKGROUND_JOBS = 10;

    CommittedTransactions(Path folder) {
        super(0, false, folder.toString(), true, false);
        var database = new TransactionalDatabase(folder.resolve(SHARED + ".db"));
        databases().put(SHARED, new LocalDBClient(database, jobs()));
    }

    private static JobsRegister jobs() {
        return new JobsRegister(Executors.newFixedThreadPool(BACKGROUND_JOBS), false);
    }

    /** DynamoDB Local looks here before it opens its own database, and has no other way to pass one in. */
    @SuppressWarnings("unchecked")
    private Map<String, AmazonDynamoDBLocal> databases() {
        try {
            var field = LocalDynamoDBRequestHandler.class.getDeclaredField("dbRequestHandlers");
            field.setAccessible(true);
            return (Map<String, AmazonDynamoDBLocal>) field.get(this);
        } catch (ReflectiveOperationException otherVersion) {
            throw new IllegalStateException(
                    "This version of DynamoDB Local keeps its databases elsewhere", otherVersion);
        }
    }
}
