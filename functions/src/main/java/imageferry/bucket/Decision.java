package imageferry.bucket;

import imageferry.snapshot.Blob;
import java.util.List;

/**
 * The state of an operation.
 *
 * @param done whether it was confirmed and done
 * @param objects the objects in question, each as its key, with a description behind it where there is one
 * @param message the state, and the next command
 */
public record Decision(boolean done, List<String> objects, String message) {
    public Decision {
        objects = List.copyOf(objects);
    }

    static Decision refused(List<Blob> objects, String message) {
        return of(false, objects, message);
    }

    static Decision of(boolean done, List<Blob> objects, String message) {
        return new Decision(done, objects.stream().map(Blob::key).toList(), message);
    }
}
