package imageferry.local.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import imageferry.local.template.FunctionSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The context object of an invocation. Its clock starts when the handler is called. */
final class InvocationContext implements Context {
    private final FunctionSpec function;
    private final String requestId;
    private final LambdaLogger log;
    private final long endsNanos;

    InvocationContext(FunctionSpec function, String requestId, LambdaLogger log, Duration time) {
        this.function = function;
        this.requestId = requestId;
        this.log = log;
        this.endsNanos = System.nanoTime() + time.toNanos();
    }

    @Override
    public String getAwsRequestId() {
        return requestId;
    }

    @Override
    public String getLogGroupName() {
        return "/aws/lambda/" + function.name();
    }

    @Override
    public String getLogStreamName() {
        return "local";
    }

    @Override
    public String getFunctionName() {
        return function.name();
    }

    @Override
    public String getFunctionVersion() {
        return "$LATEST";
    }

    @Override
    public String getInvokedFunctionArn() {
        return function.arn();
    }

    @Override
    public @Nullable CognitoIdentity getIdentity() {
        return null;
    }

    @Override
    public @Nullable ClientContext getClientContext() {
        return null;
    }

    @Override
    public int getRemainingTimeInMillis() {
        return (int) Math.max(0, Duration.ofNanos(endsNanos - System.nanoTime()).toMillis());
    }

    @Override
    public int getMemoryLimitInMB() {
        return function.memoryMegabytes();
    }

    @Override
    public LambdaLogger getLogger() {
        return log;
    }
}
