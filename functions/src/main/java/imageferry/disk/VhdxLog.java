package imageferry.disk;

import imageferry.rule.Count;
import java.util.stream.IntStream;

/**
 * The log of a VHDX ([MS-VHDX] 2.3). A valid entry in it means that the file was not closed: the contents of the entry
 * must be written to their place before the disk can be read. Entries with another id, or with a wrong checksum, are
 * leftovers.
 */
final class VhdxLog {
    private static final int MIB = 1 << 20;
    /** No known writer makes a longer one than 1 MiB by itself. */
    private static final int MOST = 4 * View.LONGEST;

    private static final int SECTOR = 4 << 10;
    private static final int HEADER = 64;
    private static final int DESCRIPTOR = 32;
    /** The log is summed at most this often before it counts as damaged. */
    private static final int MOST_ROUNDS = 4;

    private static final String REPLAY = "write the log back with `qemu-img check -r all FILE`, and upload FILE again";

    private final View view;
    private final VhdxHeader header;
    private final Fields log;
    private long bytesAdded;

    private VhdxLog(View view, VhdxHeader header) {
        this.view = view;
        this.header = header;
        this.log = read().little();
    }

    /** @throws DiskRefused when the log holds something that is not yet in its place, or cannot be looked at */
    static void requireEmpty(View view, VhdxHeader header) {
        requireSense(header);
        if (header.logId().isZero() || header.logLength() == 0) {
            return;
        }
        view.requireWithin("its log", header.logAt(), header.logLength());
        if (header.logLength() > MOST) {
            throw DiskRefused.damaged(
                    "it was not closed, and its log has " + Count.of(header.logLength(), "byte"),
                    "write the log back with `qemu-img check -r all FILE`, then " + DiskRefused.CONVERT);
        }
        new VhdxLog(view, header).refuseEntries();
    }

    private static void requireSense(VhdxHeader header) {
        if (header.logVersion() != 0) {
            throw DiskRefused.unknown(
                    "is a VHDX with a log of version " + header.logVersion() + ", not 0",
                    "make one of version 0, and upload that");
        }
        if (header.logAt() < MIB || header.logAt() % MIB != 0 || header.logLength() % MIB != 0) {
            throw DiskRefused.damaged(
                    "its header gives a log of %s at byte %s, not whole MiB behind the first"
                            .formatted(Count.of(header.logLength(), "byte"), Count.ofUnsigned(header.logAt())),
                    DiskRefused.EXPORT_AGAIN);
        }
    }

    private Fields read() {
        var bytes = new byte[(int) header.logLength()];
        for (var at = 0; at < bytes.length; at += View.LONGEST) {
            var piece = view.upTo("its log", header.logAt() + at, bytes.length - at);
            System.arraycopy(piece.bytes(), 0, bytes, at, piece.length());
        }
        return Fields.big(bytes);
    }

    private void refuseEntries() {
        var valid = IntStream.range(0, log.length() / SECTOR)
                .map(number -> number * SECTOR)
                .filter(this::isEntry)
                .toArray();
        for (var at : valid) {
            view.requireWithin("the file that its log belongs to", 0, log.bits64(at + 48));
        }
        if (valid.length > 0) {
            throw DiskRefused.damaged("it was not closed: its log holds changes that are not in their places", REPLAY);
        }
    }

    private boolean isEntry(int at) {
        var length = log.u32(at + 8);
        return log.has(at, "loge")
                && length >= SECTOR
                && length <= log.length()
                && length % SECTOR == 0
                && log.bits64(at + 16) != 0
                && Guid.at(log, at + 32).equals(header.logId())
                && hasDescriptors(at, (int) length)
                && isSound(at, (int) length);
    }

    private boolean hasDescriptors(int at, int length) {
        var count = log.u32(at + 24);
        if (HEADER + count * DESCRIPTOR > length) {
            return false;
        }
        return IntStream.range(0, (int) count)
                .map(number -> HEADER + number * DESCRIPTOR)
                .allMatch(descriptor -> {
                    var place = (at + descriptor) % log.length();
                    return (log.has(place, "desc") || log.has(place, "zero"))
                            && log.bits64(place + 24) == log.bits64(at + 16);
                });
    }

    private boolean isSound(int at, int length) {
        bytesAdded += length;
        if (bytesAdded > (long) MOST_ROUNDS * log.length()) {
            throw DiskRefused.damaged("the entries of its log overlap", DiskRefused.EXPORT_AGAIN);
        }
        var beforeEnd = Math.min(length, log.length() - at);
        var entry = log.part(at, length).bytes();
        System.arraycopy(log.bytes(), 0, entry, beforeEnd, length - beforeEnd);
        return VhdxHeader.isSound(Fields.big(entry).little());
    }
}
