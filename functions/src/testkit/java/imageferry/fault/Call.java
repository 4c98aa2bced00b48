package imageferry.fault;

import java.util.List;

/**
 * One call of a port.
 *
 * @param number of the call since the plan was made, from 1, counted over all ports together
 * @param port the interface that was called
 * @param method the name of the method
 * @param arguments of the call
 */
public record Call(int number, Class<?> port, String method, List<Object> arguments) {
    public Call {
        arguments = List.copyOf(arguments);
    }

    @Override
    public String toString() {
        return "call " + number + ", " + port.getSimpleName() + "." + method;
    }
}
