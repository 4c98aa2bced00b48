package imageferry.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One action of a user, the operator or the world. Its effect depends on the state at that moment.
 *
 * @param number identifies it and seeds its random choices
 * @param at in microseconds since the beginning
 */
record Action(int number, long at, Kind kind) {
    /** The kind of action. */
    enum Kind {
        IMPORT,
        COPY,
        CANCEL,
        RETRY,
        DELETE,
        SHARE,
        UNSHARE,
        BOOT,
        REPLACE_DISK,
        DELETE_INSTANCE,
        DECIDE_TICKET,
        OVERWRITE_UPLOAD,
        STOP_EXECUTION,
        SWEEP,
        DROP
    }

    private static final List<Kind> OFTEN = List.of(Kind.COPY, Kind.COPY, Kind.COPY, Kind.CANCEL, Kind.RETRY);

    /** A history's actions. An import comes first, because everything else needs an image. */
    static List<Action> of(long seed, HistorySettings setting) {
        var random = Seeds.random(seed, "acts");
        var acts = new ArrayList<Action>();
        acts.add(new Action(0, 0, Kind.IMPORT));
        var at = 0L;
        for (var number = 1; number < setting.acts(); number++) {
            at += pause(random, setting);
            acts.add(new Action(number, at, kind(random)));
        }
        return acts;
    }

    private static long pause(SplittableRandom random, HistorySettings setting) {
        return random.nextInt(3) == 0 ? random.nextLong(30_000) : random.nextLong(setting.pauses());
    }

    private static Kind kind(SplittableRandom random) {
        var all = Kind.values();
        return random.nextInt(2) == 0 ? OFTEN.get(random.nextInt(OFTEN.size())) : all[random.nextInt(all.length)];
    }

    @Override
    public String toString() {
        return "act " + number + " " + kind + " at " + at / 1_000 + " ms";
    }
}
