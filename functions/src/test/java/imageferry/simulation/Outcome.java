package imageferry.simulation;

import java.util.Map;

/** The end of a task, or of a whole scope of states. */
sealed interface Outcome {
    /** @param answer the components that the machine reads */
    record Done(Map<String, Object> answer) implements Outcome {}

    /** @param error a name that retriers and catchers know */
    record Failed(String error, String cause) implements Outcome {}
}
