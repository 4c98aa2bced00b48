package imageferry.disk;

import imageferry.rule.Code;

/** Result of inspecting an upload. */
public sealed interface Finding {
    record Recognised(Disk disk) implements Finding {}

    /** @param why the fault and its fix, to complete a sentence that begins with the object's name */
    record Refused(Code code, String why) implements Finding {}
}
