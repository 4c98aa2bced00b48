package imageferry.local.prove;

import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of a run.
 *
 * @param run the random name of this run, from which names of images are made
 * @param installation the name from which all other names are made; the run's, unless it is deployed already
 * @param home the home region
 * @param other the region that images are copied to
 * @param bytes the size of the disk
 * @param endpoint of an emulator, or null for AWS
 * @param deployed whether the installation exists already; then only images are created and removed
 * @param parameters of template.yaml, as NAME=VALUE
 */
record Settings(
        String run,
        String installation,
        String home,
        String other,
        long bytes,
        @Nullable URI endpoint,
        boolean deployed,
        List<String> parameters) {
    /** Names that {@code prove} makes, and the only ones that {@code --remove} accepts. */
    static final Pattern NAME = Pattern.compile("prove-[a-z0-9]{6}");

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int RANDOM = 6;

    Settings {
        parameters = List.copyOf(parameters);
    }

    static String newName() {
        var random = new SecureRandom();
        var name = new StringBuilder("prove-");
        for (var i = 0; i < RANDOM; i++) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.toString();
    }

    List<String> regions() {
        return List.of(home, other);
    }

    boolean emulated() {
        return endpoint != null;
    }

    Optional<URI> emulator() {
        return Optional.ofNullable(endpoint);
    }
}
