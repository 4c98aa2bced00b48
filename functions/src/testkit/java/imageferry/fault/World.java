package imageferry.fault;

/**
 * All that one run of a use case touches: the state, and the ports through which the use case reaches it, each wrapped by
 * {@code calls().around(Port.class, real)}. State that only the assertions look at need not be wrapped.
 */
@FunctionalInterface
public interface World {
    Calls calls();
}
