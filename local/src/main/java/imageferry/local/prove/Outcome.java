package imageferry.local.prove;

/** The result of a step, with the sentence that the report shows. */
sealed interface Outcome {
    /** Returns the observation, or the reason why there is none. */
    String text();

    /** Returns the word of the report's column. */
    String word();

    /** The observation is the expected one. */
    record Passed(String text) implements Outcome {
        @Override
        public String word() {
            return "passed";
        }
    }

    /** The observation is not the expected one, or the step could not be completed. */
    record Failed(String text) implements Outcome {
        @Override
        public String word() {
            return "FAILED";
        }
    }

    /** The endpoint is an emulator that does not do this as AWS does. */
    record OnlyAws(String text) implements Outcome {
        @Override
        public String word() {
            return "only AWS can show";
        }
    }

    /** An earlier step, an option or a route is missing. */
    record Skipped(String text) implements Outcome {
        @Override
        public String word() {
            return "skipped";
        }
    }
}
