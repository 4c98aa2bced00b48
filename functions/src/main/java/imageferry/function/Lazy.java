package imageferry.function;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is created at its first use, and then kept. */
final class Lazy<T> {
    private final Supplier<T> maker;
    private @Nullable T made;

    Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    synchronized T get() {
        var value = made;
        if (value == null) {
            value = maker.get();
            made = value;
        }
        return value;
    }
}
