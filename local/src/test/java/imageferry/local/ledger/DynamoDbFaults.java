package imageferry.local.ledger;

import imageferry.fault.Call;
import imageferry.fault.Calls;
import imageferry.fault.Fault;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** Faults between us and DynamoDB, in the form of its client's exceptions. */
public final class DynamoDbFaults {
    private static final String TRANSACTION = "transactWriteItems";

    private DynamoDbFaults() {}

    /** The client for the ledger. */
    public static DynamoDbClient around(DynamoDbClient real, Calls calls) {
        return calls.around(DynamoDbClient.class, real);
    }

    /** The work was done, and its answer is lost. */
    public static Fault lostReply() {
        return Fault.after(call -> SdkClientException.create("The connection was reset after " + call));
    }

    public static Fault unreachable() {
        return Fault.before(call -> SdkClientException.create("No connection for " + call));
    }

    /** Another transaction holds the items. For any other call than a transaction, a throttle. */
    public static Fault conflict() {
        return Fault.before(call -> cancelledOrThrottled(call, "TransactionConflict"));
    }

    /** One item is throttled. For any other call than a transaction, the table is. */
    public static Fault throttled() {
        return Fault.before(call -> cancelledOrThrottled(call, "ThrottlingError"));
    }

    /** DynamoDB failed, before or after it did the work. */
    public static Fault serverError(Fault.Moment moment) {
        return new Fault(
                moment,
                call -> InternalServerErrorException.builder()
                        .message("Internal server error at " + call)
                        .statusCode(500)
                        .build());
    }

    /** The same transaction, sent a moment ago, is still in progress. */
    public static Fault inProgress() {
        return Fault.before(call -> TransactionInProgressException.builder()
                .message("The transaction with the given request token is already in progress")
                .build());
    }

    /** A request that no retry repairs. */
    public static Fault invalid() {
        return Fault.before(call -> DynamoDbException.builder()
                .message("One or more parameter values were invalid")
                .statusCode(400)
                .build());
    }

    private static DynamoDbException cancelledOrThrottled(Call call, String code) {
        if (!call.method().equals(TRANSACTION)) {
            return ProvisionedThroughputExceededException.builder()
                    .message("The level of configured provisioned throughput for the table was exceeded")
                    .build();
        }
        var writes = transaction(call).transactItems().size();
        var reasons = IntStream.range(0, writes)
                .mapToObj(index -> CancellationReason.builder()
                        .code(index == writes - 1 ? code : "None")
                        .build())
                .toList();
        return TransactionCanceledException.builder()
                .message("Transaction cancelled, please refer cancellation reasons for specific reasons")
                .cancellationReasons(reasons)
                .build();
    }

    /** The request of a transaction, given directly or by a builder. */
    static TransactWriteItemsRequest transaction(Call call) {
        return switch (call.arguments().getFirst()) {
            case TransactWriteItemsRequest request -> request;
            case Consumer<?> given -> built(given);
            case Object other -> throw new IllegalArgumentException("No transaction: " + other);
        };
    }

    @SuppressWarnings("unchecked")
    private static TransactWriteItemsRequest built(Consumer<?> given) {
        return TransactWriteItemsRequest.builder()
                .applyMutation((Consumer<TransactWriteItemsRequest.Builder>) given)
                .build();
    }
}
