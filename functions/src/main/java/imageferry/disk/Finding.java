package imageferry.disk;

import imageferry.rule.Code;

/** What somebody who looked at the bytes of an upload says of them. */
public sealed interface Finding {

    record Recognised(Disk disk) implements Finding {}

    /** @param why completes a sentence that begins with the object's name: what is wrong, and how to mend it */
    record Refused(Code code, String why) implements Finding {}
}
