package imageferry.copying;

/** The steps of a copy's workflow, in their usual order, by the names that the state machine and callers know. */
public enum Step {
    VALIDATE_COPY("Validate Copy"),
    AWAIT_APPROVAL("Await Approval"),
    AWAIT_SLOT("Await Slot"),
    /** Begins with the grant of the slot. */
    START_SNAPSHOT_COPY("Start Snapshot Copy"),
    COPY_SNAPSHOT_PARTS("Copy Snapshot Parts"),
    COMPLETE_SNAPSHOT_COPY("Complete Snapshot Copy"),
    CREATE_IMAGE("Create Image"),
    /** The only step after the image is available. */
    SHARE_IMAGE("Share Image"),
    SETTLE_COPY("Settle Copy");

    private final String word;

    Step(String word) {
        this.word = word;
    }

    /** @throws IllegalArgumentException when no step has that name */
    public static Step of(String word) {
        for (var step : values()) {
            if (step.word.equals(word)) {
                return step;
            }
        }
        throw new IllegalArgumentException("\"" + word + "\" is not a step of the workflow");
    }

    @Override
    public String toString() {
        return word;
    }
}
