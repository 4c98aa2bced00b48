package imageferry.function;

import imageferry.id.CopyId;

/**
 * A copy that is to be parked.
 *
 * @param taskToken wakes the execution; a bearer secret
 */
public record ParkTask(String copyId, String taskToken) {
    CopyId copy() {
        return new CopyId(copyId);
    }

    @Override
    public String toString() {
        return "ParkTask[" + copyId + "]";
    }
}
