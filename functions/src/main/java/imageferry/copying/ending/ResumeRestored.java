package imageferry.copying.ending;

import static imageferry.ledger.Condition.is;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyRecord;
import imageferry.copying.CopyStatus;
import imageferry.copying.queue.Slots;
import imageferry.image.Images;
import imageferry.ledger.Change;
import imageferry.ledger.Write;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves a copy to Copying whose record still waits although its object is complete. That record was restored from a backup of an
 * earlier moment. The upload that it was imported from may be gone, so its object is the only one.
 */
record ResumeRestored(SettleCopy settling) {
    /** Does nothing for a copy that does not wait, or has no object. A change of the copy in between wins. */
    void resume(Copy copy) {
        var waits = copy.status() == CopyStatus.WAITING || copy.status() == CopyStatus.PENDING_APPROVAL;
        if (waits && settling.deletions().store().look(copy.target()).isPresent()) {
            var slots = settling.release().slots();
            if (!slots.known(copy.region())) {
                slots.make(copy.region());
            }
            settling.ledger().commit(writes(copy));
        }
    }

    private List<Write> writes(Copy copy) {
        var now = settling.clock().instant();
        var writes = new ArrayList<Write>();
        writes.add(Copies.moved(
                copy, CopyStatus.COPYING, is(CopyRecord.STATUS, copy.status()), now, Change.remove(CopyRecord.WAKE)));
        writes.add(Images.creating(copy.made(), now));
        var queuedAt = copy.workflow().queuedAt();
        if (queuedAt != null) {
            writes.addAll(Slots.dequeued(copy, queuedAt));
        }
        settling.release().ticketWithdrawn(copy, now).ifPresent(writes::add);
        return writes;
    }
}
