package imageferry.aws;

import imageferry.snapshot.SourceChanged;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.StoreUnavailable;
import imageferry.snapshot.UnreadableObject;
import imageferry.snapshot.UploadGone;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Translates S3's errors into the exceptions of the port. */
final class S3Errors {
    /** Answers of a client error's kind that a later try may not get. */
    private static final Set<String> PASSING = Set.of(
            "RequestTimeout", "SlowDown", "Throttling", "ThrottlingException", "OperationAborted", "ExpiredToken");

    /** Answers to a request on a condition that it does not hold, or cannot be evaluated. */
    private static final Set<Integer> CHANGED = Set.of(404, 409, 412, 501);

    private S3Errors() {}

    /**
     * Makes the call and translates its errors to those of the port; {@code what} completes the sentence "S3 refused
     * …".
     */
    static <T> T saying(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw translated(what, e);
        }
    }

    private static RuntimeException translated(String what, SdkException e) {
        return switch (e) {
            case AwsServiceException answer
            when isCode(answer, "NoSuchUpload") ->
                new UploadGone("The upload was completed or aborted: " + what, answer);
            case AwsServiceException answer
            when passing(answer) ->
                new StoreUnavailable("S3 temporarily failed " + what + ": " + inWords(answer), answer);
            case AwsServiceException answer -> new StoreRefused("S3 refused " + what + ": " + inWords(answer), answer);
            case SdkClientException failure ->
                new StoreUnavailable("S3 could not be reached: " + what + ": " + failure.getMessage(), failure);
            default -> new StoreUnavailable("S3's answer was not understood: " + what, e);
        };
    }

    /**
     * Translates the refusal of a HEAD. Its answer has no body, so its 400 may mean an object under the uploader's key,
     * or a temporary fault, such as an expired token: {@code read}, a GET, distinguishes them.
     */
    static <T> T sayingOfLook(String what, Supplier<T> look, Runnable read) {
        return saying(what, () -> {
            try {
                return look.get();
            } catch (AwsServiceException e) {
                if (e.statusCode() == 400) {
                    requireReadable(what, read);
                }
                throw e;
            }
        });
    }

    private static void requireReadable(String what, Runnable read) {
        try {
            read.run();
        } catch (AwsServiceException e) {
            if (isCode(e, "InvalidRequest")) {
                throw new UnreadableObject("S3 refused " + what + ": " + inWords(e), e);
            }
            throw e;
        }
        throw new StoreUnavailable("S3 answered 400, and then 200, when asked " + what);
    }

    /** Translates a refusal of a request for the source, pinned to its ETag: the source has changed. */
    static <T> T sayingOfSource(String what, Supplier<T> call) {
        return saying(what, () -> {
            try {
                return call.get();
            } catch (AwsServiceException e) {
                if (e.statusCode() == 412 || isCode(e, "NoSuchKey")) {
                    throw new SourceChanged("The source was deleted or overwritten: " + what, e);
                }
                throw e;
            }
        });
    }

    /** Translates the refusal of a completion: 412 and 409 mean that another request has created the object. */
    static <T> T sayingOfTarget(String what, Supplier<T> call) {
        return saying(what, () -> {
            try {
                return call.get();
            } catch (AwsServiceException e) {
                if (e.statusCode() == 412 || e.statusCode() == 409) {
                    throw new UploadGone("An object of that key was created meanwhile: " + what, e);
                }
                throw e;
            }
        });
    }

    /** Returns empty when S3 reports that the object does not exist. */
    static <T> Optional<T> present(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (AwsServiceException e) {
            // A HEAD's answer has no body, so it names no code.
            if (e.statusCode() == 404 && !isCode(e, "NoSuchBucket")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Returns empty when the bucket itself is gone: its region was removed, with everything stored there. */
    static <T> Optional<T> unlessRemoved(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (AwsServiceException e) {
            if (isCode(e, "NoSuchBucket")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Returns empty when the object is gone or was replaced. A store that cannot compare ETags (501) keeps the object,
     * too: its lifecycle rule removes it, and no other object is deleted by mistake.
     */
    static <T> Optional<T> unlessChanged(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (AwsServiceException e) {
            if (CHANGED.contains(e.statusCode())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Returns empty when an object of that key exists, or another request is creating it. */
    static <T> Optional<T> unlessExisting(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (AwsServiceException e) {
            if (e.statusCode() == 412 || e.statusCode() == 409) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean passing(AwsServiceException e) {
        return e.statusCode() >= 500
                || e.statusCode() == 429
                // S3 may begin with 200 and then find that it failed.
                || e.statusCode() == 200
                || e.isThrottlingException()
                || e.isClockSkewException()
                || PASSING.contains(code(e));
    }

    private static boolean isCode(AwsServiceException e, String code) {
        return code.equals(code(e));
    }

    private static String code(AwsServiceException e) {
        return Optional.ofNullable(e.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .orElse("");
    }

    /** Omits S3's own message, which names roles and accounts of the operator. */
    private static String inWords(AwsServiceException e) {
        return "%s (HTTP %d, request %s)"
                .formatted(code(e).isEmpty() ? "no code" : code(e), e.statusCode(), e.requestId());
    }
}
