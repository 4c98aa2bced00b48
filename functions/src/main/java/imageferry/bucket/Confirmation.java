package imageferry.bucket;

import org.jspecify.annotations.Nullable;

/**
 * The operator's answer to what an operation would do.
 *
 * @param command the arguments of {@code ./stacks} that repeat the operation
 * @param count the confirmed number of objects; null only shows what there is
 */
public record Confirmation(String command, @Nullable Integer count) {
    boolean isOf(int found) {
        return count != null && count == found;
    }

    /** The end of a sentence about the objects: the command that confirms them. */
    String next(int found) {
        var changed = count == null ? "" : ", not " + count;
        return changed + ". To confirm, run ./stacks " + command + " --confirm " + found;
    }
}
