package imageferry.disk;

import imageferry.rule.Count;

/** The table of a qcow2's internal snapshots. They are imported with the disk, so all of them must be there. */
final class Qcow2Snapshots {
    private static final String TABLE = "its table of snapshots";
    private static final int MOST = 65_536;
    private static final int FIXED_FIELDS = 40;
    private static final int MOST_EXTRA = 1024;
    private static final long ALIGNMENT = 8;

    private Qcow2Snapshots() {}

    /** @throws DiskRefused when QEMU could not read the table; of one over 2 MiB only the beginning is looked at */
    static void require(View view, long first, long count) {
        if (count == 0) {
            return;
        }
        if (count > MOST) {
            throw damaged("it has " + Count.of(count, "snapshot") + ", more than " + Count.of(MOST));
        }
        var table = view.upTo(TABLE, first, View.LONGEST);
        var end = 0L;
        for (var number = 0; number < count && aligned(end) + FIXED_FIELDS <= View.LONGEST; number++) {
            var at = aligned(end);
            view.requireWithin(TABLE, first + at, FIXED_FIELDS);
            end = at + length(table, (int) at);
        }
        view.requireWithin(TABLE, first, end);
    }

    private static long aligned(long end) {
        return Math.ceilDiv(end, ALIGNMENT) * ALIGNMENT;
    }

    private static long length(Fields table, int at) {
        var extra = table.u32(at + 36);
        if (extra > MOST_EXTRA) {
            throw damaged(
                    "a snapshot has " + Count.of(extra, "byte") + " of extra data, more than " + Count.of(MOST_EXTRA));
        }
        return FIXED_FIELDS + extra + table.u16(at + 12) + table.u16(at + 14);
    }

    private static DiskRefused damaged(String how) {
        return DiskRefused.damaged(how, DiskRefused.EXPORT_AGAIN);
    }
}
