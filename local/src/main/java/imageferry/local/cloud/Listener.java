package imageferry.local.cloud;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An address for a local cloud to listen on.
 *
 * @param option that set it, for messages
 * @param address port 0 for any free one
 */
public record Listener(String option, InetSocketAddress address) {
    /** Returns a listener on the loopback address. */
    public static Listener ofPort(String option, int port) {
        return new Listener(option, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    }

    /**
     * Returns if each address is free at this moment. Another program may take one before it is used; then the same message
     * comes later.
     *
     * @throws CannotStart that names every address that is not free
     */
    public static void requireFree(List<Listener> listeners) {
        var taken = listeners.stream().flatMap(Listener::trouble).toList();
        if (!taken.isEmpty()) {
            throw new CannotStart(
                    taken.stream().map(Trouble::sentence).collect(Collectors.joining(" ")),
                    taken.getFirst().cause());
        }
    }

    private record Trouble(String sentence, IOException cause) {}

    private Stream<Trouble> trouble() {
        try (var socket = new ServerSocket()) {
            socket.bind(address, 1);
            return Stream.empty();
        } catch (IOException refused) {
            return Stream.of(new Trouble(sentence(refused), refused));
        }
    }

    /** Returns the message for an address that cannot be used. */
    CannotStart refused(IOException cause) {
        return new CannotStart(sentence(cause), cause);
    }

    private String sentence(IOException cause) {
        if (!isOfThisMachine()) {
            return address.getHostString() + ":" + address.getPort()
                    + " is not an address of this machine: name one that is with " + option + ".";
        }
        var place = "Port " + address.getPort() + " of " + address.getAddress().getHostAddress();
        return cause instanceof BindException
                        && !String.valueOf(cause.getMessage()).contains("ermission")
                ? place + " is in use by another program: stop that one, or name another port with " + option + "."
                : place + " cannot be used (" + Objects.requireNonNullElse(cause.getMessage(), "no reason given")
                        + "): name another port with " + option + ".";
    }

    /** Returns whether the two exclude each other: the same port at addresses that include each other. */
    public boolean overlaps(Listener other) {
        var here = address.getAddress();
        var there = other.address.getAddress();
        return address.getPort() != 0
                && address.getPort() == other.address.getPort()
                && here != null
                && there != null
                && (here.equals(there) || here.isAnyLocalAddress() || there.isAnyLocalAddress());
    }

    /** Returns whether the address is one of this machine, or the wildcard. */
    public boolean isOfThisMachine() {
        try {
            return !address.isUnresolved()
                    && (address.getAddress().isAnyLocalAddress()
                            || NetworkInterface.getByInetAddress(address.getAddress()) != null);
        } catch (SocketException unknown) {
            return true;
        }
    }
}
