package imageferry.local.conformance;

import java.util.List;
import java.util.Optional;

/**
 * One machine, run once.
 *
 * @param states the machine in YAML, without its QueryLanguage
 * @param answers the answers to its task tokens, in order
 * @param difference LocalStack's different result
 */
record Case(String name, String states, String input, List<Answer> answers, Optional<Difference> difference) {
    /**
     * A deliberate difference to LocalStack.
     *
     * @param why its reason
     * @param ours our runner's result, in the form of {@link CaseResult#inShort}
     * @param theirs the beginning of LocalStack's result; several where timing decides
     */
    record Difference(String why, String ours, List<String> theirs) {}

    /**
     * The answer to a task token.
     *
     * @param token the number of the execution's token, from 0; a number below 0 sends an invalid token
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

    /** Returns whether there are pauses between tries, without random jitter. */
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
