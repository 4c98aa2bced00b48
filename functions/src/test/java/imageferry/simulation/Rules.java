package imageferry.simulation;

import imageferry.simulation.WiredLedger.Alteration;
import java.util.List;

/** Conditions on every commit, by any caller at any time. */
final class Rules {
    private final CopyRules copies;
    private final ImageRules images;
    private final QueueRules queues;
    private final MeterRules meters;
    private final UseRules uses;

    Rules(Setting setting, Verdict verdict, Table table, Contents contents, Strands strands) {
        this.copies = new CopyRules(verdict);
        this.images = new ImageRules(setting, verdict, contents);
        this.queues = new QueueRules(setting, verdict, table, strands);
        this.meters = new MeterRules(verdict);
        this.uses = new UseRules(verdict, table);
    }

    void judge(List<Alteration> commit) {
        var changes = new Changes(commit);
        copies.judge(changes);
        images.judge(changes);
        queues.judge(changes);
        meters.judge(changes);
        uses.judge(changes);
    }

    /** The service is about to read the head of a region's queue. */
    void looked(String region) {
        queues.looked(region);
    }
}
