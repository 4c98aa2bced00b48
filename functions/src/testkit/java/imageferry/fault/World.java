package imageferry.fault;

/**
 * Everything that one run of a use case touches: the state and the ports, each wrapped by {@code
 * calls().around(Port.class, real)}. State that only the assertions read need not be wrapped.
 */
@FunctionalInterface
public interface World {
    Calls calls();
}
