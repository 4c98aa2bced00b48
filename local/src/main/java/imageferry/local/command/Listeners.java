package imageferry.local.command;

import imageferry.local.cloud.Listener;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses on which local mode listens.
 *
 * @param aws the address for containers; null for none
 */
record Listeners(Listener api, Listener s3, @Nullable Listener aws) {
    private static final int AWS_DEFAULT = 4082;
    private static final int LAST = 65_535;
    private static final Pattern ADDRESS = Pattern.compile("([^:]+)(?::([0-9]{1,9}))?");

    /** @throws Explained that names every fault of the three options */
    static Listeners of(int port, int s3Port, @Nullable String aws) {
        var faults = new ArrayList<String>();
        var api = listener("--port", "127.0.0.1", port, faults);
        var s3 = listener("--s3-port", "127.0.0.1", s3Port, faults);
        var containers = aws == null ? null : containers(aws, faults);
        refuseEqual(api, s3, faults);
        if (containers != null) {
            refuseEqual(api, containers, faults);
            refuseEqual(s3, containers, faults);
        }
        if (!faults.isEmpty() || api == null || s3 == null) {
            throw Explained.misuse(String.join("; ", faults) + ".");
        }
        return new Listeners(api, s3, containers);
    }

    private static @Nullable Listener listener(String option, String host, int port, List<String> faults) {
        if (port < 0 || port > LAST) {
            faults.add(option + " is " + port + "; a port is a number from 0, for any free one, to " + LAST);
            return null;
        }
        return new Listener(option, new InetSocketAddress(host, port));
    }

    private static @Nullable Listener containers(String text, List<String> faults) {
        var parts = ADDRESS.matcher(text);
        if (!parts.matches()) {
            faults.add("--aws is \"" + text + "\"; give an address as 172.17.0.1 or 172.17.0.1:4082");
            return null;
        }
        var port = parts.group(2) == null ? AWS_DEFAULT : Integer.parseInt(parts.group(2));
        var listener = listener("--aws", parts.group(1), port, faults);
        if (listener != null && !listener.isOfThisMachine()) {
            faults.add("--aws is \"" + text + "\", which is not an address of this machine; Docker's bridge is often at"
                    + " 172.17.0.1");
        }
        return listener;
    }

    private static void refuseEqual(@Nullable Listener one, @Nullable Listener other, List<String> faults) {
        if (one != null && other != null && one.overlaps(other)) {
            faults.add(one.option() + " and " + other.option() + " are both "
                    + one.address().getPort() + "; give each its own port");
        }
    }

    /** @throws imageferry.local.cloud.CannotStart that names each port that another program uses */
    void requireFree() {
        Listener.requireFree(aws == null ? List.of(api, s3) : List.of(api, s3, aws));
    }
}
