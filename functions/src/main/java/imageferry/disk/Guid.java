package imageferry.disk;

import java.util.UUID;

/** A GUID as disks hold it: its first three fields have their low byte first. */
record Guid(long first, long second) {
    static Guid of(String text) {
        var uuid = UUID.fromString(text);
        return new Guid(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    static Guid at(Fields fields, int at) {
        var little = fields.little();
        var first = little.u32(at) << 32 | (long) little.u16(at + 4) << 16 | little.u16(at + 6);
        return new Guid(first, Long.reverseBytes(little.bits64(at + 8)));
    }

    boolean isZero() {
        return first == 0 && second == 0;
    }
}
