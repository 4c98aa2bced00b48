package imageferry.local.prove;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings of a run for tests. */
final class Runs {
    static final Run.@Nullable Partner NO_PARTNER = null;
    static final @Nullable URI AWS = null;
    static final String NAME = "prove-a1b2c3";

    private Runs() {}

    /** @param endpoint of an emulator, or null for AWS */
    static Settings settings(@Nullable URI endpoint) {
        return new Settings(NAME, NAME, "us-east-1", "eu-west-1", 1 << 20, endpoint, false, List.of());
    }
}
