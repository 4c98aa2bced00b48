package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.machine.definition.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** Functions that a test defines. An undefined one answers with its payload. */
final class FakeFunctions implements FunctionInvoker {
    interface Function {
        InvocationResult call(JsonNode payload) throws InterruptedException;
    }

    record Call(String function, JsonNode payload) {}

    final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final Map<String, Function> functions = new ConcurrentHashMap<>();

    FakeFunctions with(String name, Function function) {
        functions.put(name, function);
        return this;
    }

    @Override
    public InvocationResult invoke(String functionName, byte[] payload) throws InterruptedException {
        var json = Json.read(new String(payload, StandardCharsets.UTF_8));
        calls.add(new Call(functionName, json));
        return functions.getOrDefault(functionName, it -> answer(it.toString())).call(json);
    }

    static InvocationResult answer(String json) {
        return new InvocationResult.Answer(json.getBytes(StandardCharsets.UTF_8));
    }

    static InvocationResult error(String type, String message) {
        var json = Json.write(Map.of("errorMessage", message, "errorType", type));
        return new InvocationResult.FunctionError(json.getBytes(StandardCharsets.UTF_8));
    }
}
