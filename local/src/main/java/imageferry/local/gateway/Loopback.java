package imageferry.local.gateway;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that a web page sends from a browser. A page whose name resolves to this machine (DNS rebinding) sends its
 * own name in Host; any foreign page sends its own in Origin.
 */
final class Loopback {
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private Loopback() {}

    static boolean isMeant(@Nullable String host, @Nullable String origin) {
        return host != null && isHere("http://" + host) && (origin == null || isHere(origin));
    }

    private static boolean isHere(String uri) {
        try {
            var name = URI.create(uri).getHost();
            return name != null && NAMES.contains(name);
        } catch (IllegalArgumentException broken) {
            return false;
        }
    }
}
