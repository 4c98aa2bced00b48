package imageferry.disk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The first bytes that a guest sees of its disk, put together from the pieces in which a format keeps them. Where they are
 * scattered so widely that reading them takes too many reads, only those before the first unread piece are known.
 */
final class GuestHead {
    /**
     * The number of bytes that hold a partition table of 128 entries on sectors of up to 4,096 bytes, and some more.
     */
    static final int LENGTH = 32 << 10;

    private final View view;
    private final List<Piece> pieces = new ArrayList<>();
    private int length;
    private boolean isCut;

    GuestHead(View view) {
        this.view = view;
    }

    /** A part of the guest's disk: {@code length} bytes that are kept in {@code stored} bytes of the file. */
    private record Piece(int at, int length, long first, int stored, Packing packing) {
        long end() {
            return first + stored;
        }
    }

    /** Returns whether no further block is needed. */
    boolean isFull() {
        return isCut || length == LENGTH;
    }

    /** Adds a block that only other tools can read: it and all bytes behind it stay unknown. */
    void unreadable() {
        isCut = true;
    }

    /** Adds a block that the format does not store, which is all zeros. */
    void zeros(long bytes) {
        length += isCut ? 0 : limited(bytes);
    }

    /** Adds a block that the file stores uncompressed. Its bytes after the file's end are zeros. */
    void stored(long first, long bytes) {
        add(first, limited(bytes), bytes, Packing.NONE);
    }

    /** A block that takes {@code stored} bytes of the file, or fewer. */
    void deflated(long first, long stored, long bytes, Packing packing) {
        add(first, (int) Math.min(stored, View.LONGEST), bytes, packing);
    }

    private void add(long first, int stored, long bytes, Packing packing) {
        if (isFull()) {
            return;
        }
        view.requireWithin("a block at the beginning of the disk", first, 1);
        var there = (int) Math.min(stored, view.size() - first);
        pieces.add(new Piece(length, limited(bytes), first, there, packing));
        length += limited(bytes);
    }

    private int limited(long bytes) {
        return (int) Math.min(bytes, LENGTH - length);
    }

    /**
     * The firmware that starts the disk; empty when unknown.
     *
     * @throws DiskRefused when a piece is not there, or cannot be unpacked
     */
    Optional<BootMode> bootMode() {
        var mode = BootSectors.of(read()).bootMode();
        return isCut ? mode.filter(found -> found != BootMode.NONE) : mode;
    }

    private Fields read() {
        var head = new byte[length];
        var known = length;
        for (var run : runs()) {
            if (view.readsLeft() == 0) {
                isCut = true;
                known = Math.min(known, firstOf(run));
                continue;
            }
            var first = run.getFirst().first();
            var end = run.stream().mapToLong(Piece::end).max().orElse(first);
            var bytes = view.at("a block at the beginning of the disk", first, (int) (end - first));
            for (var piece : run) {
                var packed = bytes.part((int) (piece.first() - first), piece.stored());
                var plain = piece.packing().unpacked(packed.bytes(), piece.length());
                System.arraycopy(plain, 0, head, piece.at(), Math.min(plain.length, piece.length()));
            }
        }
        return Fields.big(head).part(0, known);
    }

    /** Groups the pieces by the reads that get them. */
    private List<List<Piece>> runs() {
        var runs = new ArrayList<List<Piece>>();
        var sorted =
                pieces.stream().sorted(Comparator.comparingLong(Piece::first)).toList();
        for (var piece : sorted) {
            if (runs.isEmpty() || piece.end() - runs.getLast().getFirst().first() > View.LONGEST) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().add(piece);
        }
        runs.sort(Comparator.comparingInt(GuestHead::firstOf));
        return runs;
    }

    private static int firstOf(List<Piece> run) {
        return run.stream().mapToInt(Piece::at).min().orElse(0);
    }
}
