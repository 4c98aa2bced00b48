package imageferry.local.cloud;

import imageferry.local.data.FailureReason;
import imageferry.local.http.Causes;
import imageferry.local.machine.DamagedJournal;
import imageferry.local.machine.definition.UnsupportedDefinition;
import imageferry.local.store.DataFolder;
import imageferry.local.store.StoresRefused;
import imageferry.local.template.TemplateRefused;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;

/** Turns the failure of a start into a message for the user. */
final class StartFailure {
    private static final List<String> NO_ROOM = List.of("No space left on device", "Disk quota exceeded");

    private StartFailure() {}

    /** Returns the message for the user or, for a defect, the failure itself. */
    static RuntimeException explained(Exception failed, Path data) {
        return Causes.of(failed)
                .flatMap(cause -> reason(cause, data).stream())
                .findFirst()
                .or(() -> DataFolder.refusal(data).map(sentence -> new CannotStart(sentence, failed)))
                .or(() -> Causes.of(failed)
                        .filter(IOException.class::isInstance)
                        .map(cause -> new CannotStart(
                                "Imageferry cannot start (" + FailureReason.of((IOException) cause) + ").", cause))
                        .findFirst())
                .<RuntimeException>map(reason -> reason)
                .orElseGet(
                        () -> failed instanceof RuntimeException defect ? defect : new IllegalStateException(failed));
    }

    private static Optional<CannotStart> reason(Throwable cause, Path data) {
        return switch (cause) {
            case TemplateRefused _, StoresRefused _, UnsupportedDefinition _, DamagedJournal _ ->
                Optional.of(new CannotStart(String.valueOf(cause.getMessage()), cause));
            case ZipException broken ->
                Optional.of(new CannotStart(
                        "functions.zip is broken (" + broken.getMessage() + "): build it again with ./mvnw package.",
                        broken));
            // A library may hide the path, but only the data folder's disk is written that much.
            case IOException refused
            when NO_ROOM.contains(FailureReason.of(refused)) -> Optional.of(unusable(data, refused, "make room in it"));
            case FileSystemException refused
            when refused.getFile() != null ->
                Optional.of(
                        isInside(data, Path.of(refused.getFile()))
                                ? unusable(data, refused, "repair it")
                                : new CannotStart(
                                        "The file " + refused.getFile() + " cannot be used ("
                                                + FailureReason.of(refused) + ").",
                                        refused));
            default -> Optional.empty();
        };
    }

    /** The data folder's own path may lead through a link. */
    private static boolean isInside(Path data, Path file) {
        try {
            return file.toAbsolutePath().startsWith(data.toAbsolutePath())
                    || file.toAbsolutePath().startsWith(data.toRealPath());
        } catch (IOException absent) {
            return false;
        }
    }

    private static CannotStart unusable(Path data, IOException reason, String advice) {
        return new CannotStart(
                "The data folder " + data.toAbsolutePath() + " cannot be used (" + FailureReason.of(reason) + "): "
                        + advice + ", or name another folder with --data.",
                reason);
    }
}
