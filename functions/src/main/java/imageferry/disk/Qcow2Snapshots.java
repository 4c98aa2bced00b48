package imageferry.disk;

/** The table of a qcow2's internal snapshots. They are imported with the disk, so all of them must be there. */
final class Qcow2Snapshots {
    private static final int MOST = 65_536;
    private static final int FIXED_FIELDS = 40;
    private static final int MOST_EXTRA = 1024;
    private static final int ALIGNMENT = 8;

    private Qcow2Snapshots() {}

    /** @throws DiskRefused when QEMU could not read the table; of one over 2 MiB only the beginning is looked at */
    static void require(View view, long first, long count) {
        if (count == 0) {
            return;
        }
        if (count > MOST) {
            throw damaged("it has " + count + " snapshots, more than " + MOST);
        }
        var table = view.upTo("its table of snapshots", first, View.LONGEST);
        var at = 0L;
        for (var number = 0; number < count && at < View.LONGEST; number++) {
            if (at + FIXED_FIELDS > table.length()) {
                throw DiskRefused.truncated("its table of snapshots", first + at + FIXED_FIELDS, view.size());
            }
            at += length(table, (int) at);
        }
    }

    private static long length(Fields table, int at) {
        var extra = table.u32(at + 36);
        if (extra > MOST_EXTRA) {
            throw damaged("a snapshot has " + extra + " bytes of extra data, more than " + MOST_EXTRA);
        }
        var length = FIXED_FIELDS + extra + table.u16(at + 12) + table.u16(at + 14);
        return Math.ceilDiv(length, ALIGNMENT) * ALIGNMENT;
    }

    private static DiskRefused damaged(String how) {
        return DiskRefused.damaged(how, DiskRefused.EXPORT_AGAIN);
    }
}
