package imageferry.local.machine.definition;

/** Which members of {@code $states} exist where an expression stands. */
enum Sight {
    /** Before the state has done anything. */
    ENTERING,
    /** After its work. */
    DONE,
    /** In a Catch. */
    CAUGHT;

    boolean shows(String member) {
        return switch (member) {
            case "input", "context" -> true;
            case "result" -> this == DONE;
            case "errorOutput" -> this == CAUGHT;
            default -> false;
        };
    }
}
