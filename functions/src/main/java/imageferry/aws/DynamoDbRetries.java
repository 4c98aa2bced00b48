package imageferry.aws;

import imageferry.ledger.LedgerUnavailable;
import imageferry.rule.Count;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** Repeats a call after temporary failures, and reports a permanent failure in one sentence. */
record DynamoDbRetries(Backoff backoff) {
    private static final Set<String> PASSING_REASONS = Set.of(
            "None",
            "TransactionConflict",
            "ThrottlingError",
            "ProvisionedThroughputExceeded",
            "RequestLimitExceeded",
            "TransactionInProgress",
            "InternalServerError");

    /**
     * @param what the call, as a noun with its keys
     * @param ifGivenUp the state of the data after the last try, as a clause
     * @throws LedgerUnavailable when the tries are used up
     * @throws IllegalStateException when DynamoDB finds fault with the request itself
     */
    <T> T call(String what, String ifGivenUp, Supplier<T> attempt) {
        var tries = backoff.begin();
        while (true) {
            try {
                return attempt.get();
            } catch (SdkException failure) {
                if (!passes(failure)) {
                    throw new IllegalStateException(
                            "DynamoDB refused " + what + ", and a retry cannot succeed: " + said(failure), failure);
                }
                if (!tries.again()) {
                    throw new LedgerUnavailable(
                            "DynamoDB stayed busy or unreachable for " + Count.of(tries.made(), "try", "tries") + " of "
                                    + what + "; " + ifGivenUp + ". Last answer: " + said(failure),
                            failure);
                }
            }
        }
    }

    /**
     * Returns whether the failure is temporary. Without an answer the outcome is unknown, and the same request may
     * safely be sent again.
     */
    private static boolean passes(SdkException failure) {
        return switch (failure) {
            case SdkClientException unknown -> true;
            case TransactionCanceledException cancelled ->
                cancelled.cancellationReasons().stream().allMatch(reason -> PASSING_REASONS.contains(reason.code()));
            case TransactionConflictException conflict -> true;
            case TransactionInProgressException same -> true;
            case ProvisionedThroughputExceededException throttled -> true;
            case RequestLimitExceededException throttled -> true;
            case AwsServiceException service -> service.isThrottlingException() || service.statusCode() >= 500;
            default -> false;
        };
    }

    private static String said(SdkException failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
