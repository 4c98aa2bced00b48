package imageferry.local.prove;

import java.time.Duration;
import java.util.Map;

/** Deletes the copy and restores it, if this version keeps deleted images for a while. */
record RestoreFromBin(Installation installation) implements Step {
    private static final Polling LIST = new Polling(Duration.ofMillis(500), Duration.ofMinutes(2));

    @Override
    public String name() {
        return "Restore from the bin";
    }

    @Override
    public String asked() {
        return "A deleted image can be restored, and its bytes are the same.";
    }

    @Override
    public Outcome run() throws Exception {
        var api = installation.api();
        var path = "/images/" + installation.copy();
        var checksum = api.get(path).ok().path("checksum");
        var deleted = api.delete(path + "?force=true").ok();
        if (!deleted.has("purgeAt")) {
            return new Outcome.Skipped("This version has no bin: DELETE removes the bytes at once.");
        }
        api.post(path + "/restore", Map.of()).ok();
        var restored = LIST.until(
                "the restored image",
                () -> api.get(path),
                answer -> answer.body().path("status").asText().equals("Available"));
        return checksum.equals(restored.body().path("checksum"))
                ? new Outcome.Passed(installation.copy() + " was in the bin until "
                        + deleted.path("purgeAt").asText() + ", and is Available again.")
                : new Outcome.Failed("The restored image is " + restored.body() + ".");
    }
}
