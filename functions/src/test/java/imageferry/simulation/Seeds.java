package imageferry.simulation;

import java.util.SplittableRandom;

/** Random values that follow from a history's seed and a name, and from nothing else. */
final class Seeds {
    private Seeds() {}

    static SplittableRandom random(long seed, String name) {
        var hash = seed;
        for (var i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
            hash ^= hash >>> 29;
        }
        return new SplittableRandom(hash);
    }
}
