package imageferry.local.command;

import imageferry.local.Await;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;

/** Uses 600 MiB of heap, as a burst of requests may, and ends when the heap has become small again. */
final class BurstOfMemory {
    private static final int MIB = 1 << 20;
    private static final int TAKEN = 600;

    private BurstOfMemory() {}

    public static void main(String[] args) throws Exception {
        System.out.println("taken: " + (taken() >= TAKEN));
        Await.until(
                "a small heap", Duration.ofSeconds(30), BurstOfMemory::committed, committed -> committed < TAKEN / 4);
        System.out.println("given back");
    }

    private static long taken() {
        var held = new ArrayList<byte[]>();
        for (var i = 0; i < TAKEN; i++) {
            held.add(new byte[MIB / 2]);
            held.add(new byte[MIB / 2 - 64]);
        }
        return held.isEmpty() ? 0 : committed();
    }

    private static long committed() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted() / MIB;
    }
}
