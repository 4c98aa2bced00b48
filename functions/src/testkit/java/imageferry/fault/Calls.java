package imageferry.fault;

import imageferry.fault.Fault.Moment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Intercepts the calls between the code under test and its ports, counts them together, and makes them fail by plan.
 * For many threads. After a crash no call of any thread arrives, because a dead process makes none.
 *
 * <p>A real crash runs no {@code finally} block. Here they run, but find every port dead, so they change nothing
 * either.
 */
public final class Calls {
    private static final Set<String> FREE = Set.of("close", "serviceName", "toString", "hashCode");

    private final List<Call> made = new ArrayList<>();
    private Plan plan = Plan.none();
    private @Nullable Crash crash;

    /** The port for the code under test. */
    @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself only
    public <P> P around(Class<P> port, P real) {
        var proxy = Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (self, method, arguments) -> {
            if (method.getName().equals("equals") && arguments != null) {
                return self == arguments[0];
            }
            return FREE.contains(method.getName())
                    ? invoke(real, method, arguments)
                    : call(port, real, method, arguments);
        });
        return port.cast(proxy);
    }

    /** Starts a new plan of faults. The next call is number 1. */
    public synchronized void plan(Plan next) {
        plan = next;
        made.clear();
    }

    /** Starts a new process without faults. */
    public synchronized void restart() {
        crash = null;
        plan(Plan.none());
    }

    /** The call at which the process died, if it did. */
    public synchronized Optional<String> crashed() {
        return Optional.ofNullable(crash).map(Throwable::getMessage);
    }

    /** The calls since the plan was made, in order. */
    public synchronized List<Call> made() {
        return List.copyOf(made);
    }

    private @Nullable Object call(Class<?> port, Object real, Method method, Object @Nullable [] arguments)
            throws Throwable {
        var fault = begin(port, method, arguments);
        strike(fault, Moment.BEFORE);
        try {
            return invoke(real, method, arguments);
        } finally {
            strike(fault, Moment.AFTER);
        }
    }

    /** A fault that a call has met. */
    private record Met(Call call, Optional<Fault> fault) {}

    private synchronized Met begin(Class<?> port, Method method, Object @Nullable [] arguments) {
        if (crash != null) {
            throw crash;
        }
        var given = arguments == null ? List.of() : List.of(arguments);
        var call = new Call(made.size() + 1, port, method.getName(), given);
        made.add(call);
        return new Met(call, plan.at(call));
    }

    private void strike(Met met, Moment moment) throws Throwable {
        var fault = met.fault().filter(one -> one.moment() == moment);
        if (fault.isPresent()) {
            var thrown = fault.get().thrown().apply(met.call());
            if (thrown instanceof Crash death) {
                die(death);
            }
            throw thrown;
        }
    }

    private synchronized void die(Crash death) {
        crash = death;
    }

    private static @Nullable Object invoke(Object real, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause() == null ? failed : failed.getCause();
        }
    }
}
