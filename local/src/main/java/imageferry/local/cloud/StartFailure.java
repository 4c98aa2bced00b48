package imageferry.local.cloud;

import imageferry.local.data.Reason;
import imageferry.local.machine.definition.UnsupportedDefinition;
import imageferry.local.store.StoresRefused;
import imageferry.local.template.TemplateRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/** Finds the sentence for the user in what a start failed with. */
final class StartFailure {
    /** What a start writes at least. */
    private static final int PROBE_BYTES = 1 << 20;

    private StartFailure() {}

    /** The reason for the user; where there is none, the failure itself, as it is a defect. */
    static RuntimeException explained(Exception failed, Path data) {
        return Stream.<Throwable>iterate(failed, Objects::nonNull, Throwable::getCause)
                .flatMap(cause -> reason(cause, data).stream())
                .findFirst()
                .or(() -> probed(data))
                .<RuntimeException>map(reason -> reason)
                .orElseGet(
                        () -> failed instanceof RuntimeException defect ? defect : new IllegalStateException(failed));
    }

    private static Optional<CannotStart> reason(Throwable cause, Path data) {
        return switch (cause) {
            case TemplateRefused refused -> Optional.of(new CannotStart(String.valueOf(refused.getMessage()), refused));
            case StoresRefused refused -> Optional.of(new CannotStart(String.valueOf(refused.getMessage()), refused));
            case UnsupportedDefinition refused ->
                Optional.of(new CannotStart(String.valueOf(refused.getMessage()), refused));
            case ZipException broken ->
                Optional.of(new CannotStart(
                        "functions.zip is broken (" + broken.getMessage() + "): build it again with ./mvnw package.",
                        broken));
            case IOException refused -> Optional.of(unusable(data, refused));
            default -> Optional.empty();
        };
    }

    /** Some libraries hide the reason: a disk without room for one more file looks like any failure. */
    private static Optional<CannotStart> probed(Path data) {
        try {
            Path probe = Files.createTempFile(data, "probe", "");
            try {
                Files.write(probe, new byte[PROBE_BYTES]);
            } finally {
                Files.deleteIfExists(probe);
            }
            return Optional.empty();
        } catch (IOException refused) {
            return Optional.of(unusable(data, refused));
        }
    }

    private static CannotStart unusable(Path data, IOException reason) {
        return new CannotStart(
                "The data folder " + data.toAbsolutePath() + " cannot be used (" + Reason.of(reason)
                        + "): make room in it, or name another folder with --data.",
                reason);
    }
}
