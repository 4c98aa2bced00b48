package imageferry.function;

import imageferry.copying.Executions;
import imageferry.copying.ending.AdvanceCopies;
import imageferry.copying.ending.SweepCopies;
import imageferry.copying.queue.DecideTicket;
import imageferry.copying.request.CancelCopy;
import imageferry.copying.request.ImportUpload;
import imageferry.copying.request.RequestCopies;
import imageferry.copying.request.RequestImport;
import imageferry.copying.request.RetryCopy;
import imageferry.copying.transfer.Deadline;
import imageferry.id.CopyId;
import imageferry.instance.SystemDisks;
import imageferry.instance.UseImages;
import imageferry.ledger.Ledger;
import imageferry.removal.DeleteImage;
import imageferry.removal.PurgeImages;
import imageferry.removal.Removals;
import imageferry.removal.RestoreImage;
import imageferry.sharing.ShareImages;
import imageferry.snapshot.PartBatch;
import imageferry.snapshot.SnapshotStore;
import java.time.InstantSource;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;

/**
 * The use cases and the functions of the workflow, wired by the composition root to a test's ports in another package.
 */
public final class WiredService {
    /** Kept in a field, because a logger without references loses its level. */
    private static final Logger STEPS = Logger.getLogger(Workflow.class.getName());

    static {
        // Thousands of histories have hundreds of thousands of steps.
        STEPS.setLevel(Level.OFF);
    }

    private final App app;

    /** @param variables the environment, where it differs from the usual one */
    public WiredService(
            Map<String, String> variables,
            Ledger ledger,
            SnapshotStore store,
            Executions executions,
            InstantSource clock,
            RandomGenerator random) {
        app = TestApp.over(variables, ledger, store, executions, TestApp.NONE, clock, random);
    }

    /** The input of a function of the workflow. */
    public record Payload(String copyId, String taskToken, BatchTask batch, String error, String cause) {}

    /**
     * Calls a function of the workflow.
     *
     * @param left the remaining time
     * @return the components of the answer that the state machine reads
     */
    public Map<String, Object> call(String function, Payload payload, Deadline left) {
        var copy = new CopyTask(payload.copyId());
        return switch (function) {
            case "ValidateCopyFunction" ->
                Map.of(
                        "route",
                        new ValidateCopyFunction(app.forWorkflow().validateCopy())
                                .handleRequest(copy, null)
                                .route());
            case "RequestApprovalFunction" -> {
                var task = new ParkTask(payload.copyId(), payload.taskToken());
                new RequestApprovalFunction(app.forWorkflow().requestApproval()).handleRequest(task, null);
                yield Map.of();
            }
            case "RequestSlotFunction" -> {
                var task = new ParkTask(payload.copyId(), payload.taskToken());
                new RequestSlotFunction(app.forWorkflow().requestSlot()).handleRequest(task, null);
                yield Map.of();
            }
            case "StartSnapshotCopyFunction" ->
                Map.of(
                        "batches",
                        new StartSnapshotCopyFunction(app.forWorkflow().startSnapshotCopy())
                                .handleRequest(copy, null)
                                .batches());
            case "CopySnapshotPartsFunction" ->
                Map.of("done", copyParts(payload.copyId(), payload.batch().parts(), left));
            case "CompleteSnapshotCopyFunction" -> {
                new CompleteSnapshotCopyFunction(app.forWorkflow().completeSnapshotCopy()).handleRequest(copy, null);
                yield Map.of();
            }
            case "CreateImageFunction" -> {
                new CreateImageFunction(app.forWorkflow()).handleRequest(copy, null);
                yield Map.of();
            }
            case "ShareImageFunction" -> {
                new ShareImageFunction(app.forWorkflow().shareCopied()).handleRequest(copy, null);
                yield Map.of();
            }
            case "SettleCopyFunction" -> {
                var task = new SettleCopyFunction.Task(
                        payload.copyId(), new WorkflowError(payload.error(), payload.cause()));
                yield Map.of(
                        "status",
                        new SettleCopyFunction(app.forWorkflow())
                                .handleRequest(task, null)
                                .status());
            }
            default -> throw new IllegalArgumentException("The workflow calls no " + function);
        };
    }

    private boolean copyParts(String copyId, PartBatch batch, Deadline left) {
        var copy = new CopyId(copyId);
        return Workflow.answer(copy, () -> app.forWorkflow().copySnapshotParts().copy(copy, batch, left));
    }

    public AdvanceCopies advanceCopies() {
        return app.forEvents().advanceCopies();
    }

    public SweepCopies sweepCopies() {
        return app.forEvents().sweepCopies();
    }

    public ImportUpload importUpload() {
        return app.forEvents().importUpload();
    }

    public RequestImport requestImport() {
        return app.forApi().requestImport();
    }

    public RequestCopies requestCopies() {
        return app.forApi().requestCopies();
    }

    public RetryCopy retryCopy() {
        return app.forApi().retryCopy();
    }

    public CancelCopy cancelCopy() {
        return app.forApi().cancelCopy();
    }

    public DecideTicket decideTicket() {
        return app.forApi().decideTicket();
    }

    public DeleteImage deleteImage() {
        return app.forApi().deleteImage();
    }

    public PurgeImages purgeImages() {
        return app.purgeImages();
    }

    public RestoreImage restoreImage() {
        return app.forApi().restoreImage();
    }

    public Removals removals() {
        return app.removals();
    }

    public ShareImages shareImages() {
        return app.forApi().shareImages();
    }

    public UseImages useImages() {
        return app.forApi().useImages();
    }

    public SystemDisks systemDisks() {
        return app.forApi().systemDisks();
    }
}
