package imageferry.bench.tool;

import imageferry.bench.physics.*;
import imageferry.bench.server.*;
import imageferry.bench.store.*;
import imageferry.copying.*;
import imageferry.snapshot.*;
import java.time.*;
import java.util.*;

public class Try {
    public static void main(String[] a) throws Exception {
        var planner = new PartPlanner(40);
        for (var cal : Calibration.ALL) {
            for (long size : new long[] {64L << 20, 1L << 30, 10L << 30, 40L << 30, 500L << 30, 5L << 40}) {
                var plan = planner.plan(size);
                var t0 = System.nanoTime();
                if (a.length > 0 && a[0].equals("real") && size <= 1L << 30) {
                    var s3 = new SimulatedS3(cal, new RealTime(), 1);
                    s3.put(Job.source(), StoredObject.of(7, plan));
                    try (var server = new S3Server(s3)) {
                        Imageferry.copy(new Job(server.endpoint(), plan), s3.account()::reset);
                    }
                    System.out.println("REAL " + cal + " " + (size >> 20) + " MiB: "
                            + s3.account().taken() + " " + s3.account());
                }
                var time = new VirtualTime();
                var s3 = new SimulatedS3(cal, time, 1);
                s3.put(Job.source(), StoredObject.of(7, plan));
                var store = new SimulatedStore(s3, Job.REGIONS);
                var random = new Random(1);
                Pause pause = n -> time.sleep(Pause.length(n, random));
                try {
                    time.run(() -> new Engine(w -> store, time, pause, random)
                            .copy(Job.SOURCE, plan.partSizeBytes(), Job.TARGET_REGION));
                } catch (RuntimeException e) {
                    System.out.println(e);
                }
                var acc = s3.account();
                System.out.println(cal + " " + (size >> 20) + " MiB: " + acc.taken() + " " + acc + " in "
                        + (System.nanoTime() - t0) / 1000000 + " ms; admitted " + acc.admitted() + " in "
                        + acc.admitting());
            }
        }
    }
}
