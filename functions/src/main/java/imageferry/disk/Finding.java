package imageferry.disk;

import imageferry.rule.Code;

/** Result of inspecting an upload. */
public sealed interface Finding {
    record Recognised(Disk disk) implements Finding {}

    /** @param why completes a sentence that begins with the object's name: what is wrong, and how to fix it */
    record Refused(Code code, String why) implements Finding {}
}
