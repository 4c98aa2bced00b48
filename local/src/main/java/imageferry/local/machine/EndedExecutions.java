package imageferry.local.machine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The executions that have ended, the oldest first. AWS describes one for 90 days; here the last {@value #KEPT} are kept,
 * so that a data folder does not grow with every copy.
 */
final class EndedExecutions {
    static final int KEPT = 200;

    private final Deque<Execution> oldestFirst = new ArrayDeque<>();
    private final Consumer<Execution> forget;

    /** @param forget removes an execution from everywhere else */
    EndedExecutions(Consumer<Execution> forget) {
        this.forget = forget;
    }

    void add(Execution ended) {
        // Outside of this monitor: forget takes a lock of its own.
        added(ended).forEach(forget);
    }

    private synchronized List<Execution> added(Execution ended) {
        oldestFirst.add(ended);
        var tooMany = new ArrayList<Execution>();
        while (oldestFirst.size() > KEPT) {
            tooMany.add(oldestFirst.remove());
        }
        return tooMany;
    }
}
