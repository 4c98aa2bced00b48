package imageferry.simulation;

import imageferry.simulation.WiredLedger.Alteration;
import java.time.InstantSource;
import java.util.List;

/** Conditions on every commit, by any caller at any time. */
final class Rules {
    private final CopyRules copies;
    private final ImageRules images;
    private final QueueRules queues;
    private final MeterRules meters;
    private final UseRules uses;

    Rules(HistorySettings setting, Verdict verdict, Table table, Contents contents, InstantSource clock) {
        this.copies = new CopyRules(verdict);
        this.images = new ImageRules(setting, verdict, contents);
        this.queues = new QueueRules(setting, verdict, table, clock);
        this.meters = new MeterRules(setting, verdict);
        this.uses = new UseRules(verdict, table);
    }

    void check(List<Alteration> commit) {
        var changes = new Changes(commit);
        copies.check(changes);
        images.check(changes);
        queues.check(changes);
        meters.check(changes);
        uses.check(changes);
    }
}
