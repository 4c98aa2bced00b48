package imageferry.local.machine.definition;

/** The members of {@code $states} that an expression can use, by its place in the state. */
enum Scope {
    /** Before the state's work. */
    ENTERING,
    /** After its work. */
    DONE,
    /** In a Catch. */
    CAUGHT;

    boolean has(String member) {
        return switch (member) {
            case "input", "context" -> true;
            case "result" -> this == DONE;
            case "errorOutput" -> this == CAUGHT;
            default -> false;
        };
    }
}
