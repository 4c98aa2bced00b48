package imageferry.function;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls the functions by hand, in the order of the state machine. */
record WorkflowSteps(World world) {
    private static final LambdaCall CALL = new LambdaCall();

    /** The steps of a copy without failures and without an approval. */
    void run(String copyId) {
        copyParts(copyId);
        var task = new CopyTask(copyId);
        new CompleteSnapshotCopyFunction(world.app.forWorkflow().completeSnapshotCopy()).handleRequest(task, CALL);
        new CreateImageFunction(world.app.forWorkflow()).handleRequest(task, CALL);
        new ShareImageFunction(world.app.forWorkflow().shareCopied()).handleRequest(task, CALL);
    }

    /** The same, until all parts have arrived. */
    void copyParts(String copyId) {
        assertThat(validate(copyId)).isEqualTo("slot");
        new RequestSlotFunction(world.app.forWorkflow().requestSlot())
                .handleRequest(new ParkTask(copyId, "token-of-" + copyId), CALL);
        var batches = new StartSnapshotCopyFunction(world.app.forWorkflow().startSnapshotCopy())
                .handleRequest(new CopyTask(copyId), CALL)
                .batches();
        for (var batch : batches) {
            assertThat(new CopySnapshotPartsFunction(world.app.forWorkflow().copySnapshotParts())
                            .handleRequest(new CopySnapshotPartsFunction.Task(copyId, batch), CALL)
                            .done())
                    .isTrue();
        }
    }

    String validate(String copyId) {
        return new ValidateCopyFunction(world.app.forWorkflow().validateCopy())
                .handleRequest(new CopyTask(copyId), CALL)
                .route();
    }

    /** Opens the copy's ticket. */
    void requestApproval(String copyId) {
        assertThat(validate(copyId)).isEqualTo("approval");
        new RequestApprovalFunction(world.app.forWorkflow().requestApproval())
                .handleRequest(new ParkTask(copyId, "token-of-" + copyId), CALL);
    }

    /** Settles the copy, and returns how it ended. */
    String settle(String copyId, WorkflowError error) {
        return new SettleCopyFunction(world.app.forWorkflow())
                .handleRequest(new SettleCopyFunction.Task(copyId, error), CALL)
                .status();
    }
}
