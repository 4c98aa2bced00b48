package imageferry.local.conformance;

import java.util.List;
import java.util.Optional;

/**
 * One machine, run once.
 *
 * @param states the machine in YAML, without its QueryLanguage
 * @param answers what is said to its task tokens, one after the other
 * @param difference what LocalStack makes otherwise
 */
record Case(String name, String states, String input, List<Answer> answers, Optional<Difference> difference) {
    /**
     * Where we do not follow LocalStack.
     *
     * @param why we do not
     * @param ours what our runner makes of the case, as {@link Seen#inShort} says it
     * @param theirs how begins what LocalStack makes of it; several where that depends on which of two things is faster
     */
    record Difference(String why, String ours, List<String> theirs) {}

    /**
     * Said to a task token.
     *
     * @param token which of the execution's tokens, from 0; one that is none is sent for a number below 0
     * @param error absent for a success
     */
    record Answer(int token, String output, String error, String cause) {
        static Answer success(int token, String output) {
            return new Answer(token, output, "", "");
        }

        static Answer failure(int token, String error, String cause) {
            return new Answer(token, "", error, cause);
        }

        boolean isSuccess() {
            return error.isEmpty();
        }
    }

    static Case of(String name, String states, String input) {
        return new Case(name, states, input, List.of(), Optional.empty());
    }

    Case answering(Answer... said) {
        return new Case(name, states, input, List.of(said), difference);
    }

    Case unlikeLocalStack(String why, String ours, String... theirs) {
        return new Case(name, states, input, answers, Optional.of(new Difference(why, ours, List.of(theirs))));
    }

    /** Whether there are pauses between tries, and they are not left to chance. */
    boolean hasFixedPauses() {
        return states.contains("Retry:") && !states.contains("JitterStrategy");
    }

    String machine() {
        return "QueryLanguage: JSONata\n" + states;
    }

    @Override
    public String toString() {
        return name;
    }
}
