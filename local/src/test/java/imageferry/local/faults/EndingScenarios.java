package imageferry.local.faults;

import static imageferry.local.faults.WorkflowSteps.FRIEND;
import static imageferry.local.faults.WorkflowSteps.OUTAGE;
import static imageferry.local.faults.WorkflowSteps.OWNER;
import static imageferry.local.faults.WorkflowSteps.TOKEN;
import static imageferry.local.faults.WorkflowSteps.accepted;

import java.time.Duration;
import java.util.stream.Stream;

/** The use cases that end copies, and those that use or remove their images. */
final class EndingScenarios {
    private EndingScenarios() {}

    static Stream<Scenario> ends() {
        return Stream.of(
                new Scenario("a copy is cancelled", stage -> {
                    var past = stage.past();
                    var copy = past.copying(past.image("golden"));
                    past.start(copy);
                    var image = past.made(copy).id().value();
                    return () -> stage.present().api.cancelCopy().cancel(OWNER, image);
                }),
                new Scenario("a failed copy is settled and the next one has its turn", stage -> {
                    var past = stage.past();
                    var source = past.image("golden");
                    var copy = past.copying(source);
                    past.start(copy);
                    past.copyParts(copy);
                    past.park(past.copying(source, "next"));
                    return () -> stage.present().workflow.settleCopy().settle(copy, OUTAGE);
                }),
                new Scenario("a cancelled copy is settled", stage -> {
                    var past = stage.past();
                    var copy = past.copying(past.image("golden"));
                    past.complete(copy);
                    past.cancel(copy);
                    return () -> stage.present().workflow.settleCopy().settle(copy, OUTAGE);
                }),
                new Scenario("a copy that pends is settled", stage -> {
                    var past = stage.past();
                    var copy = past.pending(past.image("golden", Scenarios.LARGE));
                    return () -> stage.present().workflow.settleCopy().settle(copy, OUTAGE);
                }),
                new Scenario("a queued copy is settled", stage -> {
                    var past = stage.past();
                    var source = past.image("golden");
                    past.start(past.copying(source));
                    var copy = past.copying(source, "queued");
                    past.park(copy);
                    past.cancel(copy);
                    return () -> stage.present().workflow.settleCopy().settle(copy, OUTAGE);
                }),
                new Scenario("what is left over is swept", stage -> {
                    var past = stage.past(Service.APPROVAL_ABOVE, 2);
                    var source = past.image("golden");
                    past.failed(source);
                    stage.passes(Duration.ofHours(25));
                    var lost = past.copying(source, "lost");
                    past.start(lost);
                    past.park(past.copying(source, "granted"));
                    stage.executions().closed.add(lost);
                    return () -> {
                        stage.passes(Duration.ofMinutes(6));
                        stage.present().events.sweepCopies().sweep(stage.now());
                    };
                }));
    }

    static Stream<Scenario> uses() {
        return Stream.of(
                new Scenario("an image is shared", stage -> {
                    var image = stage.past().image("golden").id().value();
                    return () -> stage.present().api.shareImages().share(OWNER, image, "333333333333");
                }),
                new Scenario("a share is taken back", stage -> {
                    var past = stage.past();
                    var image = past.image("golden").id().value();
                    accepted(past.service().api.shareImages().share(OWNER, image, "333333333333"));
                    return () -> stage.present().api.shareImages().unshare(OWNER, image, "333333333333");
                }),
                new Scenario("an image that is shared and used is deleted by force", stage -> {
                    var past = stage.past();
                    var image = past.image("golden").id().value();
                    accepted(past.service().api.shareImages().share(OWNER, image, "333333333333"));
                    accepted(past.service().api.useImages().create(FRIEND, image, Service.HOME.name(), null));
                    return () -> {
                        stage.present().api.deleteImage().delete(OWNER, image, true);
                        stage.present().app.removals().finishAll(stage.now().plusSeconds(1));
                    };
                }),
                new Scenario("an instance is created", stage -> {
                    var past = stage.past();
                    var image = past.image("golden").id().value();
                    accepted(past.service().api.shareImages().share(OWNER, image, "333333333333"));
                    return () -> stage.present().api.useImages().create(FRIEND, image, Service.HOME.name(), TOKEN);
                }),
                new Scenario("a system disk is replaced", stage -> {
                    var past = stage.past();
                    var old = past.image("old").id().value();
                    var next = past.image("next").id().value();
                    var made = accepted(past.service().api.useImages().create(OWNER, old, Service.HOME.name(), null));
                    return () -> stage.present()
                            .api
                            .useImages()
                            .replaceSystemDisk(OWNER, made.id().value(), next);
                }),
                new Scenario("an instance is deleted", stage -> {
                    var past = stage.past();
                    var image = past.image("golden").id().value();
                    var made = accepted(past.service().api.useImages().create(OWNER, image, Service.HOME.name(), null));
                    return () -> stage.present()
                            .api
                            .useImages()
                            .delete(OWNER, made.id().value());
                }));
    }
}
