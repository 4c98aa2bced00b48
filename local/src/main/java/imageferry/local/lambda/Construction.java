package imageferry.local.lambda;

import java.util.Map;
import java.util.concurrent.Callable;

/** Gives a handler its environment during construction, as many functions share this JVM. */
@FunctionalInterface
public interface Construction {
    /** Runs the construction so that it sees these variables instead of the process's own. */
    Object under(Map<String, String> environment, Callable<Object> construction) throws Exception;

    /** Binds the {@code ScopedValue} that this class of the functions publishes as {@code ENVIRONMENT}. */
    static Construction boundTo(ClassLoader functions, String className) {
        return (environment, construction) -> {
            @SuppressWarnings("unchecked")
            var variables = (ScopedValue<Map<String, String>>) Class.forName(className, true, functions)
                    .getField("ENVIRONMENT")
                    .get(null);
            return ScopedValue.where(variables, environment).call(construction::call);
        };
    }
}
