package imageferry.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.ServiceLoader;

/** A constructed handler with the runtime's interface: bytes in, bytes out. */
@FunctionalInterface
interface Handler {
    byte[] handle(byte[] event, Context context) throws Exception;

    /** Adapts a stream handler, or a request handler with the functions' own serialiser. */
    static Handler of(Object handler, ClassLoader functions) {
        if (handler instanceof RequestStreamHandler streams) {
            return (event, context) -> {
                var answer = new ByteArrayOutputStream();
                streams.handleRequest(new ByteArrayInputStream(event), answer, context);
                return answer.toByteArray();
            };
        }
        if (handler instanceof RequestHandler<?, ?> typed) {
            return serialised(typed, serializer(functions));
        }
        throw new IllegalStateException(
                handler.getClass().getName() + " is neither a RequestHandler nor a RequestStreamHandler");
    }

    private static <I, O> Handler serialised(RequestHandler<I, O> handler, CustomPojoSerializer serializer) {
        var method = method(handler.getClass());
        var input = concrete(method, method.getGenericParameterTypes()[0]);
        var output = concrete(method, method.getGenericReturnType());
        return (event, context) -> {
            var request = serializer.<I>fromJson(new ByteArrayInputStream(event), input);
            var answer = new ByteArrayOutputStream();
            serializer.toJson(handler.handleRequest(request, context), answer, output);
            return answer.toByteArray();
        };
    }

    private static CustomPojoSerializer serializer(ClassLoader functions) {
        return ServiceLoader.load(CustomPojoSerializer.class, functions)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("The functions name no CustomPojoSerializer in META-INF/services"));
    }

    private static Method method(Class<?> handler) {
        return Arrays.stream(handler.getMethods())
                .filter(method -> method.getName().equals("handleRequest") && !method.isBridge())
                .filter(method -> method.getParameterCount() == 2)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(handler.getName() + " has no handleRequest of its own"));
    }

    private static Type concrete(Method method, Type type) {
        if (type instanceof TypeVariable) {
            throw new IllegalStateException(method + " does not say its type: Lambda could not read the event");
        }
        return type;
    }
}
