package imageferry.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.data.DataDisk;
import imageferry.local.template.FunctionSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** All functions of the template in this JVM, found by logical id, name or ARN. */
public final class LambdaService implements AutoCloseable {
    private static final String APP = "imageferry.function.App";

    private final Map<String, LoadedFunction> functions = new TreeMap<>();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("function-", 0).factory());
    private final AsyncInvocations async;

    /**
     * Nothing is constructed before its first call.
     *
     * @param environment the whole environment of a function
     * @param classes the class loader of the handlers: the task root, or in tests a class path
     * @param construction gives the handlers that environment
     * @param logs one file per function is written there
     * @param failures gets failed calls and warnings that handlers log
     */
    public LambdaService(
            Collection<FunctionSpec> specs,
            Function<FunctionSpec, Map<String, String>> environment,
            ClassLoader classes,
            Construction construction,
            Path logs,
            Undelivered undelivered,
            Failures failures,
            DataDisk disk) {
        try {
            Files.createDirectories(logs);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        for (var spec : specs) {
            var log = new FunctionLog(spec.logicalId(), logs, failures, disk);
            functions.put(
                    spec.logicalId(),
                    new LoadedFunction(spec, environment.apply(spec), classes, construction, threads, log));
        }
        async = new AsyncInvocations(this, undelivered, disk);
        HandlerOutput.install();
    }

    /** The construction of the project's own handlers, which read their environment through {@code App}. */
    public static Construction constructionOf(ClassLoader functions) {
        return Construction.boundTo(functions, APP);
    }

    /** Calls the function and waits for its end; one that does not exist is {@code Lambda.ResourceNotFoundException}. */
    public Answer invoke(String idOrArn, byte[] event) {
        var function = functions.get(idOf(idOrArn));
        return function == null
                ? new Answer.Refused("Lambda.ResourceNotFoundException", "Function not found: " + idOrArn)
                : function.invoke(event);
    }

    /** Calls the function for a caller that does not handle its errors: a failed call is also reported. */
    public Answer invokeAndReport(String idOrArn, byte[] event) {
        var answer = invoke(idOrArn, event);
        var function = functions.get(idOf(idOrArn));
        if (function != null && answer instanceof Answer.Failed failed) {
            function.failed(failed);
        }
        return answer;
    }

    /** Calls the function asynchronously, with Lambda's two retries (after shorter pauses). */
    public void invokeLater(String idOrArn, JsonNode event) {
        async.submit(spec(idOrArn), event);
    }

    /** Returns the function with this logical id, name or ARN (with or without a qualifier). */
    public FunctionSpec spec(String idOrArn) {
        var function = functions.get(idOf(idOrArn));
        if (function == null) {
            throw new IllegalArgumentException("There is no function " + idOrArn);
        }
        return function.spec();
    }

    private String idOf(String idOrArn) {
        var name = idOrArn;
        if (idOrArn.startsWith("arn:")) {
            var parts = idOrArn.split(":", -1);
            name = parts.length > 6 ? parts[6] : idOrArn;
        }
        for (var function : functions.values()) {
            if (function.spec().name().equals(name)) {
                return function.spec().logicalId();
            }
        }
        return name;
    }

    /** Stops accepting calls and interrupts the running ones, as the end of a sandbox would. */
    @Override
    public void close() {
        async.close();
        threads.shutdownNow();
        try {
            threads.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        functions.values().forEach(LoadedFunction::close);
        HandlerOutput.uninstall();
    }
}
