package imageferry.simulation;

import java.util.Map;

/** How a task, or a whole scope of states, ended. */
sealed interface Outcome {
    /** @param answer the components that the machine looks at */
    record Done(Map<String, Object> answer) implements Outcome {}

    /** @param error a name that retriers and catchers know */
    record Failed(String error, String cause) implements Outcome {}
}
