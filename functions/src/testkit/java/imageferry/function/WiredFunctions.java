package imageferry.function;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.copying.Executions;
import imageferry.copying.transfer.Pause;
import imageferry.function.edge.LambdaSerializer;
import imageferry.ledger.Ledger;
import imageferry.snapshot.SnapshotStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** The deployed functions over a test's ports, called by name with JSON as Lambda calls them. */
public final class WiredFunctions {
    private final LambdaSerializer json = new LambdaSerializer();
    private final Map<String, RequestHandler<Object, Object>> handlers = new ConcurrentHashMap<>();
    private final Ports ports;

    /** The bus accepts every event, and nobody listens. */
    public WiredFunctions(
            Ledger ledger, SnapshotStore store, Executions executions, InstantSource clock, RandomGenerator random) {
        this.ports = new Ports(
                () -> ledger,
                () -> store,
                () -> executions,
                () -> events -> OptionalInt.empty(),
                World.unheard(clock),
                Pause.jittered(random),
                clock,
                random);
    }

    /**
     * Returns the answer's JSON.
     *
     * @param handlerClass as in the template, without its method
     * @throws RuntimeException as thrown by the handler
     */
    public byte[] call(String handlerClass, Map<String, String> environment, byte[] payload) {
        var handler = handlers.computeIfAbsent(handlerClass, name -> handler(name, environment));
        var event = json.fromJson(new ByteArrayInputStream(payload), eventOf(handler));
        var answer = new ByteArrayOutputStream();
        json.toJson(handler.handleRequest(event, new LambdaCall()), answer, Object.class);
        return answer.toByteArray();
    }

    private static Type eventOf(RequestHandler<Object, Object> handler) {
        return Arrays.stream(handler.getClass().getGenericInterfaces())
                .filter(ParameterizedType.class::isInstance)
                .map(ParameterizedType.class::cast)
                .filter(type -> type.getRawType() == RequestHandler.class)
                .findFirst()
                .orElseThrow()
                .getActualTypeArguments()[0];
    }

    @SuppressWarnings("unchecked")
    private RequestHandler<Object, Object> handler(String name, Map<String, String> environment) {
        var app = new App(Configuration.from(environment), ports);
        try {
            var wired = Arrays.stream(Class.forName(name).getDeclaredConstructors())
                    .filter(constructor -> constructor.getParameterCount() == 1)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " has no constructor for tests"));
            wired.setAccessible(true);
            return (RequestHandler<Object, Object>) wired.newInstance(argument(wired, app));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Cannot make " + name, e);
        }
    }

    /** The wiring of the handler's callers, or the one component of a wiring that has the type. */
    static Object argument(Constructor<?> constructor, App app) throws ReflectiveOperationException {
        var type = constructor.getParameterTypes()[0];
        for (var wiring : List.of(app.forApi(), app.forWorkflow(), app.forEvents())) {
            if (type == wiring.getClass()) {
                return wiring;
            }
            for (var method : wiring.getClass().getDeclaredMethods()) {
                if (method.getReturnType() == type && method.getParameterCount() == 0) {
                    return method.invoke(wiring);
                }
            }
        }
        throw new AssertionError("The app makes no " + type);
    }
}
