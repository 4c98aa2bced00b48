package imageferry.local.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Brings images into each situation of the table, by requests of their owner and by faults of S3 alone. Copies into
 * {@link #SLOW} do not progress: the first of them with all slots there, the others in the queue.
 */
final class Situations {
    static final String HOME = RunningCloud.REGIONS.get(0);
    static final String NEAR = RunningCloud.REGIONS.get(1);
    static final String SLOW = RunningCloud.REGIONS.get(2);

    /** Copies of more bytes wait for the operator's approval. */
    static final int LARGE = 100_000;

    static final String RECIPIENT = "222222222222";

    private final AccountClient owner;
    private final FailingS3 s3;
    private final Path smallDisk;
    private final Subject original;
    private final Subject large;
    private final Subject unreadable;
    private final Map<String, String> instances;

    /** @param owner of all images; the operator, because only the operator can publish */
    Situations(AccountClient owner, FailingS3 s3, Path folder) throws Exception {
        this.owner = owner;
        this.s3 = s3;
        this.smallDisk = SmallDisk.make(folder.resolve("small.img"), LARGE / 1024 * 512);
        original = owner.imports(HOME, smallDisk);
        large = owner.imports(HOME, SmallDisk.make(folder.resolve("large.img"), LARGE / 512 * 1024));
        unreadable = owner.imports(HOME, smallDisk);
        owner.awaits("Available", List.of(original, large, unreadable));
        var near = owner.copies(original, NEAR);
        var slow = owner.copies(original, SLOW);
        owner.awaits("Available", List.of(near, slow));
        s3.makeUnreadable(unreadable.copyId());
        instances = Map.of(HOME, owner.boots(original), NEAR, owner.boots(near), SLOW, owner.boots(slow));
        s3.shut();
    }

    /** An instance of that region, booted from an image without other use. */
    String instanceIn(String region) {
        return instances.get(region);
    }

    /** This number of images, all in that situation. */
    List<Subject> make(String situation, int count) throws Exception {
        return switch (situation) {
            case "a ticket is open" -> copies(large, NEAR, count, "PendingApproval");
            case "in the queue" -> copies(original, SLOW, count, "Waiting");
            case "an import in the queue" -> imports(SLOW, count, "Waiting");
            case "moves bytes" -> copies(original, SLOW, count, "Copy Snapshot Parts");
            case "is being cancelled" -> after("POST", "/cancel-copy", Map.of(), make("moves bytes", count));
            case "made by a copy" -> copies(original, NEAR, count, "Available");
            case "made by an import" -> imports(HOME, count, "Available");
            case "shared" -> shared(make("made by a copy", count));
            case "used by an instance" -> used(make("made by a copy", count));
            case "shared and used" -> used(make("shared", count));
            case "protected" -> changed("protected", true, make("made by a copy", count));
            case "public" -> changed("public", true, make("made by a copy", count));
            case "from the marketplace" -> changed("productCode", "golden", make("made by a copy", count));
            case "source of a running copy" -> copying(make("made by a copy", count));
            case "deprecated" -> changed("status", "Deprecated", make("made by a copy", count));
            case "deprecated when shared" -> changed("status", "Deprecated", make("shared", count));
            case "its copy was cancelled" -> cancelled(make("in the queue", count));
            case "its import was cancelled" -> cancelled(make("an import in the queue", count));
            case "its copy failed" -> copies(unreadable, NEAR, count, "Failed");
            case "in the bin" -> after("DELETE", "", Map.of(), make("made by a copy", count));
            case "in the bin when shared" -> after("DELETE", "?force=true", Map.of(), make("shared", count));
            case "its bytes are being removed" -> beingRemoved(make("made by a copy", count));
            default -> throw new IllegalArgumentException("Nobody knows how to make an image that is " + situation);
        };
    }

    private List<Subject> copies(Subject source, String region, int count, String state) throws Exception {
        var subjects = new ArrayList<Subject>();
        for (var i = 0; i < count; i++) {
            subjects.add(owner.copies(source, region));
        }
        return owner.awaits(state, subjects);
    }

    private List<Subject> imports(String region, int count, String state) throws Exception {
        var subjects = new ArrayList<Subject>();
        for (var i = 0; i < count; i++) {
            subjects.add(owner.imports(region, smallDisk));
        }
        return owner.awaits(state, subjects);
    }

    private List<Subject> after(String method, String path, Map<String, ?> body, List<Subject> subjects)
            throws Exception {
        for (var subject : subjects) {
            owner.does(method, subject.path() + path, body);
        }
        return subjects;
    }

    private List<Subject> changed(String field, Object value, List<Subject> subjects) throws Exception {
        return after("PATCH", "", Map.of(field, value), subjects);
    }

    private List<Subject> shared(List<Subject> subjects) throws Exception {
        return after("PUT", "/shares/" + RECIPIENT, Map.of(), subjects);
    }

    private List<Subject> used(List<Subject> subjects) throws Exception {
        for (var subject : subjects) {
            owner.boots(subject);
        }
        return subjects;
    }

    private List<Subject> copying(List<Subject> subjects) throws Exception {
        for (var subject : subjects) {
            owner.copies(subject, SLOW);
        }
        return subjects;
    }

    private List<Subject> cancelled(List<Subject> subjects) throws Exception {
        return owner.awaits("Cancelled", after("POST", "/cancel-copy", Map.of(), subjects));
    }

    /** Their bytes cannot be deleted, so that their deletion is decided and does not end. */
    private List<Subject> beingRemoved(List<Subject> subjects) throws Exception {
        subjects.forEach(subject -> s3.makeUndeletable(subject.copyId()));
        return after("DELETE", "?purge=true", Map.of(), after("DELETE", "", Map.of(), subjects));
    }
}
