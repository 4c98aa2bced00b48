package imageferry.local.faults;

import static imageferry.local.faults.WorkflowSteps.OPERATOR;
import static imageferry.local.faults.WorkflowSteps.OUTAGE;
import static imageferry.local.faults.WorkflowSteps.OWNER;
import static imageferry.local.faults.WorkflowSteps.TOKEN;
import static imageferry.local.faults.WorkflowSteps.accepted;
import static imageferry.local.faults.WorkflowSteps.request;

import imageferry.copying.request.ImportUpload;
import imageferry.copying.request.RequestCopies;
import imageferry.snapshot.PartBatch;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Every use case that writes, each in a situation with many writes. */
final class Scenarios {
    /** The size of a disk whose copy needs approval. */
    static final int LARGE = 20_000;

    private Scenarios() {}

    static Stream<Scenario> all() {
        return Stream.of(
                        requests(),
                        uploads(),
                        approvals(),
                        queue(),
                        bytes(),
                        EndingScenarios.ends(),
                        EndingScenarios.uses(),
                        ModifyingScenarios.all())
                .flatMap(each -> each);
    }

    private static Stream<Scenario> requests() {
        return Stream.of(
                new Scenario("an import is requested", stage -> {
                    var upload = stage.past().uploaded("golden", 1_000);
                    return () -> stage.present().api.requestImport().request(OWNER, upload);
                }),
                new Scenario("copies to two regions are requested", stage -> {
                    var source = stage.past().image("golden");
                    var plain = request(source, "copied", List.of(), Service.AWAY, Service.FAR);
                    var wanted = new RequestCopies.Request(plain.imageId(), plain.targets(), null, TOKEN);
                    return () -> stage.present().api.requestCopies().request(OWNER, wanted);
                }),
                new Scenario("a failed copy is retried with its upload", stage -> {
                    var past = stage.past();
                    var copy = past.failed(past.image("golden"));
                    return () -> stage.present().api.retryCopy().retry(OWNER, copy.value());
                }),
                new Scenario("a cancelled copy is retried anew", stage -> {
                    var past = stage.past();
                    var copy = past.copying(past.image("golden"));
                    past.cancel(copy);
                    past.service().workflow.settleCopy().settle(copy, OUTAGE);
                    return () -> stage.present().api.retryCopy().retry(OWNER, copy.value());
                }));
    }

    private static Stream<Scenario> uploads() {
        return Stream.of(
                new Scenario("an upload imports itself", stage -> {
                    var event = stage.past().uploadEvent("golden.img", "golden", 1_000);
                    return () -> stage.present().events.importUpload().handle(event);
                }),
                new Scenario("an upload takes the place of an unfinished import of its key", stage -> {
                    var past = stage.past();
                    past.service().events.importUpload().handle(past.uploadEvent("golden.img", "golden", 1_000));
                    var event = past.uploadEvent("golden.img", "golden", 2_000);
                    return () -> stage.present().events.importUpload().handle(event);
                }),
                new Scenario("an import whose place was taken is settled", stage -> {
                    var past = stage.past();
                    var first = past.service()
                            .events
                            .importUpload()
                            .handle(past.uploadEvent("golden.img", "golden", 1_000));
                    var copy = ((ImportUpload.Outcome.Importing) first).copy();
                    past.start(copy);
                    past.copyParts(copy);
                    past.service().events.importUpload().handle(past.uploadEvent("golden.img", "golden", 2_000));
                    return () -> stage.present().workflow.settleCopy().settle(copy, OUTAGE);
                }),
                new Scenario("an upload is refused", stage -> {
                    var event = stage.past().uploadEvent("golden.img", "1x", 1_000);
                    return () -> stage.present().events.importUpload().handle(event);
                }));
    }

    private static Stream<Scenario> approvals() {
        return Stream.of(
                new Scenario("a copy is validated", stage -> {
                    var past = stage.past();
                    var copy = past.copying(past.image("golden"));
                    return () -> stage.present().workflow.validateCopy().validate(copy);
                }),
                new Scenario("a copy is validated after the limit was lowered", stage -> {
                    var past = stage.past(LARGE, 1);
                    var copy = past.copying(past.image("golden", LARGE));
                    return () -> stage.present().workflow.validateCopy().validate(copy);
                }),
                new Scenario("a ticket opens", stage -> {
                    var past = stage.past();
                    var copy = past.copying(past.image("golden", LARGE));
                    return () -> stage.present().workflow.requestApproval().park(copy, "token");
                }),
                new Scenario("a ticket is approved", stage -> {
                    var past = stage.past();
                    var ticket = past.ticket(past.pending(past.image("golden", LARGE)));
                    return () -> stage.present().api.decideTicket().approve(OPERATOR, ticket.value(), null);
                }),
                new Scenario("a ticket is rejected", stage -> {
                    var past = stage.past();
                    var ticket = past.ticket(past.pending(past.image("golden", LARGE)));
                    return () -> stage.present().api.decideTicket().reject(OPERATOR, ticket.value(), "No");
                }));
    }

    private static Stream<Scenario> queue() {
        return Stream.of(
                new Scenario("the first slot of a region is requested", stage -> {
                    var past = stage.past();
                    var copy = past.copying(past.image("golden"));
                    return () -> stage.present().workflow.requestSlot().park(copy, "token");
                }),
                new Scenario("two of three waiting copies get a slot", stage -> {
                    var past = stage.past();
                    var source = past.image("golden");
                    Stream.of("one", "two", "three").forEach(name -> past.queue(past.copying(source, name)));
                    return () -> stage.present(2).app.grantSlots().grant(Service.AWAY);
                }),
                new Scenario("a granted copy is told to go on", stage -> {
                    var past = stage.past();
                    var copy = past.copying(past.image("golden"));
                    past.park(copy);
                    return () -> stage.present().events.advanceCopies().wake(copy);
                }),
                new Scenario("a cancelled copy is told to stop", stage -> {
                    var past = stage.past();
                    var copy = past.pending(past.image("golden", LARGE));
                    past.cancel(copy);
                    return () -> stage.present().events.advanceCopies().wake(copy);
                }));
    }

    private static Stream<Scenario> bytes() {
        return Stream.of(
                new Scenario("an upload is opened", stage -> {
                    var past = stage.past();
                    var copy = past.copying(past.image("golden"));
                    past.park(copy);
                    return () -> stage.present().workflow.startSnapshotCopy().start(copy);
                }),
                new Scenario("parts are copied", stage -> {
                    var past = stage.past();
                    var copy = past.copying(past.image("golden"));
                    past.start(copy);
                    return () -> stage.present()
                            .workflow
                            .copySnapshotParts()
                            .copy(copy, new PartBatch(1, 1, 1), () -> Duration.ofMinutes(10));
                }),
                new Scenario("a snapshot is completed", stage -> {
                    var past = stage.past();
                    var copy = past.copying(past.image("golden"));
                    past.start(copy);
                    past.copyParts(copy);
                    return () -> stage.present().workflow.completeSnapshotCopy().complete(copy);
                }),
                new Scenario("an image becomes available and the next copy has its turn", stage -> {
                    var past = stage.past();
                    var source = past.image("golden");
                    var copy = past.copying(source);
                    past.complete(copy);
                    past.park(past.copying(source, "next"));
                    return () -> stage.present().workflow.createImage().create(copy);
                }),
                new Scenario("an imported image becomes available", stage -> {
                    var past = stage.past();
                    var copy = past.importing("golden", 1_000);
                    past.complete(copy);
                    return () -> stage.present().workflow.createImage().create(copy);
                }),
                new Scenario("a retry with the failed copy's upload becomes available", stage -> {
                    var past = stage.past();
                    var failed = past.failed(past.image("golden"));
                    var copy = accepted(past.service().api.retryCopy().retry(OWNER, failed.value()));
                    past.complete(copy);
                    return () -> stage.present().workflow.createImage().create(copy);
                }),
                new Scenario("a copy is shared as its request asked", stage -> {
                    var past = stage.past();
                    var both = List.of("333333333333", "444444444444");
                    var copy = past.copying(request(past.image("golden"), "copied", both, Service.AWAY));
                    past.finish(copy);
                    return () -> stage.present().workflow.shareCopied().share(copy);
                }));
    }
}
