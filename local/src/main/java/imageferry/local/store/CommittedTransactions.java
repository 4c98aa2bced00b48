package imageferry.local.store;

import java.nio.file.Path;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;

/**
 * DynamoDB Local, one database file for all callers, with one mend: it queues the COMMIT of a transaction and answers
 * without waiting for it, so a process killed at that moment loses what it acknowledged. A read in the same database
 * waits behind the COMMIT.
 */
final class CommittedTransactions extends LocalDynamoDBRequestHandler {
    private static final ListTablesRequest ANY_READ =
            ListTablesRequest.builder().limit(1).build();

    CommittedTransactions(Path folder) {
        super(0, false, folder.toString(), true, false);
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(
            String accessKey, String region, TransactWriteItemsRequest request) {
        TransactWriteItemsResponse answer = super.transactWriteItems(accessKey, region, request);
        listTables(accessKey, region, ANY_READ);
        return answer;
    }
}
