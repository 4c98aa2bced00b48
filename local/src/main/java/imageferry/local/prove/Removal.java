package imageferry.local.prove;

import java.io.IOException;
import java.util.List;

/** Removes everything that the run created. It can be repeated, and runs after any failure. */
record Removal(Installation installation, Leftovers leftovers) implements Step {
    private static final int ROUNDS = 3;

    @Override
    public String name() {
        return "Remove everything";
    }

    @Override
    public String asked() {
        return installation.settings().deployed()
                ? "No image of this run is left."
                : "No stack, bucket, key, table, log group or role of this run is left.";
    }

    @Override
    public Outcome run() throws Exception {
        if (installation.settings().deployed()) {
            new Images(installation).delete();
            return new Outcome.Passed("No image of this run is left. The installation was deployed before, and stays.");
        }
        var marked = leftovers.markedRegions();
        if (marked.isEmpty()) {
            return unmarked();
        }
        if (!marked.equals(installation.settings().regions())) {
            return new Outcome.Failed("This run used other regions: give --regions " + String.join(",", marked) + ".");
        }
        var images = deleteImages();
        var removed = installation.stacks().remove();
        var left = deleteByForce();
        if (left.isEmpty()) {
            leftovers.unmark();
            return new Outcome.Passed((removed.succeeded() ? "./stacks remove" : "A removal by force")
                    + " left nothing. KMS deletes the keys after 30 days, and charges nothing until then."
                    + " The bucket and the stack that SAM uses for all deployments of the account stay." + images);
        }
        return remaining(left, (removed.succeeded() ? "" : " ./stacks remove: " + removed.end()) + images);
    }

    /** Returns the rest. A list can show a deleted resource for some seconds, and a deletion can make another one possible. */
    private List<String> deleteByForce() throws IOException, InterruptedException {
        var left = leftovers.found();
        for (var round = 0; round < ROUNDS && !left.isEmpty(); round++) {
            leftovers.delete();
            left = leftovers.found();
        }
        return left;
    }

    private Outcome unmarked() throws Exception {
        var found = leftovers.found();
        return found.isEmpty()
                ? new Outcome.Passed(
                        "There is nothing of " + installation.settings().installation() + " in "
                                + String.join(" and ", installation.settings().regions()) + ".")
                : new Outcome.Failed(installation.settings().installation() + " was not made by ./stacks prove, so it"
                        + " is left: " + String.join(", ", found) + ".");
    }

    /** Returns a remark if this fails. The deletion by force does not need the API. */
    private String deleteImages() throws InterruptedException {
        try {
            new Images(installation).delete();
            return "";
        } catch (InterruptedException ctrlC) {
            throw ctrlC;
        } catch (Exception unreachable) {
            return " The API did not delete the images: " + unreachable.getMessage();
        }
    }

    private Outcome remaining(List<String> left, String reason) {
        var settings = installation.settings();
        var text = "Left: " + String.join(", ", left) + "." + reason;
        var onlyTheHomeStack = left.equals(List.of("stack " + settings.installation() + " in " + settings.home()));
        return settings.emulated() && onlyTheHomeStack
                ? new Outcome.OnlyAws(
                        "The emulator's CloudFormation cannot delete the home stack; all the rest is gone.")
                : new Outcome.Failed(text + " Repeat ./stacks prove --remove " + settings.installation() + " --regions "
                        + String.join(",", settings.regions()) + ".");
    }
}
