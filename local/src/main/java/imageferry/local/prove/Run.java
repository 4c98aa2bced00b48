package imageferry.local.prove;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run: its settings, and the accounts and programs that it works with. */
record Run(Settings settings, Access operator, @Nullable Partner partner, Programs programs) {
    private static final long SEED = 42;

    /** A second account, which the operator lets in and out. */
    record Partner(String account, Access access) {}

    /** Runs all steps and the removal. */
    List<Entry> prove(InstantSource clock, Consumer<String> console) {
        var disk = new Disk(SEED, settings.bytes());
        var installation = installation();
        var steps = List.<Step>of(
                new Deploy(installation, leftovers(), partner == null ? null : partner.account()),
                new Import(installation, disk),
                new Copy(installation),
                new Compare(installation, disk),
                new CancelInFlight(installation, CancelInFlight.SMALL),
                new RoleWithoutRights(installation, programs),
                new ForeignKeyUpload(installation),
                new ThrottledWorkers(installation),
                new SecondAccount(installation, partner),
                new RestoreFromBin(installation));
        return new Proof(steps, removal(), clock, console).run();
    }

    /** Removes the leftovers of an earlier run. */
    List<Entry> remove(InstantSource clock, Consumer<String> console) {
        return new Proof(List.of(), removal(), clock, console).run();
    }

    private Installation installation() {
        return new Installation(settings, operator, new Stacks(settings, programs));
    }

    private Leftovers leftovers() {
        return new Leftovers(settings, programs);
    }

    private Removal removal() {
        return new Removal(installation(), leftovers());
    }
}
