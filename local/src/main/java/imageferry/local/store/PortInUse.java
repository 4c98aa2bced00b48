package imageferry.local.store;

/** Another program listens on the requested port. */
public final class PortInUse extends StoresRefused {
    PortInUse(int port) {
        super("Port " + port + " of 127.0.0.1 is in use by another program: stop that one, or name another port with"
                + " --s3-port.");
    }
}
