package imageferry.local.prove;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Runs other programs: {@code ./stacks}, SAM and the AWS CLI. */
interface Programs {
    /** The result of a program. */
    record Result(int status, String output, String errors) {
        boolean succeeded() {
            return status == 0;
        }

        /** Returns the last lines of the errors, or of the output if there are none, as one line. */
        String end() {
            var lines = (errors.isBlank() ? output : errors).strip().lines().toList();
            return String.join(" ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        }

        private static final int LINES = 3;
    }

    /**
     * Runs a program in the project's folder until it ends.
     *
     * @param environment variables beside those of this process
     * @throws InterruptedException when the thread is interrupted; the program is then ended
     */
    Result run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException;

    /** Runs a program whose output is a secret. */
    default Result runUnlogged(List<String> command) throws IOException, InterruptedException {
        return run(Map.of(), command);
    }
}
