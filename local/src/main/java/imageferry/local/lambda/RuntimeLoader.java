package imageferry.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.Set;

/** The classes that Lambda's runtime provides to a function: the Java platform and the interfaces of aws-lambda-java-core. */
final class RuntimeLoader extends ClassLoader {
    private static final Set<String> RUNTIME =
            Set.of("com.amazonaws.services.lambda.runtime", "com.amazonaws.services.lambda.runtime.logging");

    static {
        registerAsParallelCapable();
    }

    RuntimeLoader() {
        super("lambda-runtime", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        var dot = name.lastIndexOf('.');
        if (dot > 0 && RUNTIME.contains(name.substring(0, dot))) {
            return Class.forName(name, false, Context.class.getClassLoader());
        }
        throw new ClassNotFoundException(name);
    }
}
