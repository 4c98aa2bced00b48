package imageferry.local.prove;

/** One step of the proof. */
interface Step {
    String name();

    /** Returns the expectation that the step checks, as a sentence. */
    String asked();

    /**
     * Runs the step. An exception counts as a failure of this step only.
     *
     * @throws NotReady when it needs the result of a step that did not succeed
     */
    Outcome run() throws Exception;
}
