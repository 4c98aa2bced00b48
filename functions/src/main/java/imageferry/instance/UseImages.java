package imageferry.instance;

import imageferry.account.Caller;
import imageferry.id.Ids;
import imageferry.id.ImageId;
import imageferry.id.InstanceId;
import imageferry.idempotency.ClientToken;
import imageferry.idempotency.Requests;
import imageferry.image.Category;
import imageferry.image.Image;
import imageferry.image.Images;
import imageferry.ledger.Ledger;
import imageferry.ledger.LedgerUnavailable;
import imageferry.ledger.Tries;
import imageferry.ledger.Write;
import imageferry.region.Regions;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.sharing.Shares;
import imageferry.sharing.VisibleImages;
import imageferry.sharing.VisibleImages.Seen;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Creates instances from images, replaces their system disks and deletes them. An image counts its instances, in the
 * same transactions, and every transaction checks the records again that were read before; after a refused one all is
 * checked from the start, at most ten times.
 */
public final class UseImages {
    private static final String OPERATION = "CreateInstance";

    private final Ledger ledger;
    private final Images images;
    private final VisibleImages visible;
    private final Instances instances;
    private final Requests requests;
    private final Regions regions;
    private final InstantSource clock;
    private final Ids ids;

    public UseImages(
            Ledger ledger,
            Images images,
            VisibleImages visible,
            Instances instances,
            Requests requests,
            Regions regions,
            InstantSource clock,
            Ids ids) {
        this.ledger = ledger;
        this.images = images;
        this.visible = visible;
        this.instances = instances;
        this.requests = requests;
        this.regions = regions;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * The new instance; the earlier one when the request is a repeated one.
     *
     * @throws LedgerUnavailable when the image changed during each of ten attempts to use it
     */
    public Result<Instance> create(Caller caller, String imageId, String region, @Nullable ClientToken token) {
        var tries = new Tries();
        while (true) {
            var earlier = answered(caller, token);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            switch (usable(caller, imageId, region)) {
                case Result.Rejected<Seen>(var violations) -> {
                    return Result.<Instance>rejected(violations).orElse(() -> answered(caller, token));
                }
                case Result.Accepted<Seen>(var seen) -> {
                    tries.next("Image " + imageId, "used; no instance was created");
                    var instance = instance(caller, seen.image());
                    if (ledger.commit(creation(caller, seen, instance, token)).done()) {
                        return Result.accepted(instance);
                    }
                }
            }
        }
    }

    public Result<Instance> find(Caller caller, String instanceId) {
        return Optional.of(instanceId)
                .filter(InstanceId::isOne)
                .map(InstanceId::new)
                .flatMap(instances::find)
                .filter(instance -> instance.ownedBy(caller.account()))
                .<Result<Instance>>map(Result::accepted)
                .orElseGet(() -> missing(instanceId));
    }

    /**
     * The instance as it boots from now on; from the same image again only its history grows.
     *
     * @throws LedgerUnavailable when the instance or the image changed during each of ten attempts to replace the disk
     */
    public Result<Instance> replaceSystemDisk(Caller caller, String instanceId, String imageId) {
        return replaceSystemDisk(caller, instanceId, imageId, new Tries());
    }

    private Result<Instance> replaceSystemDisk(Caller caller, String instanceId, String imageId, Tries tries) {
        return find(caller, instanceId)
                .then(before -> usable(caller, imageId, before.region().name()).then(seen -> {
                    tries.next("Instance " + instanceId + " or image " + imageId, "used; no disk was replaced");
                    var after = before.with(seen.image().id(), clock.instant());
                    return ledger.commit(replacement(caller, seen, before, after))
                                    .done()
                            ? Result.accepted(after)
                            : replaceSystemDisk(caller, instanceId, imageId, tries);
                }));
    }

    /**
     * Deletes the caller's own instance.
     *
     * @throws LedgerUnavailable when it, or its image, changed during each of ten attempts to delete the instance
     */
    public Result<InstanceId> delete(Caller caller, String instanceId) {
        return delete(caller, instanceId, new Tries());
    }

    private Result<InstanceId> delete(Caller caller, String instanceId, Tries tries) {
        return find(caller, instanceId).then(instance -> {
            tries.next("Instance " + instanceId, "deleted");
            var writes = new ArrayList<Write>(List.of(Instances.deleted(instance)));
            uncounted(instance.image()).ifPresent(writes::add);
            return ledger.commit(writes).done() ? Result.accepted(instance.id()) : delete(caller, instanceId, tries);
        });
    }

    private Result<Seen> usable(Caller caller, String imageId, String region) {
        return visible.find(caller, imageId).then(seen -> {
            var disabled = regions.requiresEnabled(region);
            var violations = disabled.isPresent() ? List.of(disabled.get()) : UsePolicies.violations(seen, region);
            return violations.isEmpty() ? Result.accepted(seen) : Result.rejected(violations);
        });
    }

    private Instance instance(Caller caller, Image image) {
        var now = clock.instant();
        return new Instance(
                InstanceId.random(ids),
                image.id(),
                image.region(),
                caller.account(),
                List.of(new Instance.Disk(image.id(), now)),
                now,
                caller.arn());
    }

    private static List<Write> creation(Caller caller, Seen seen, Instance instance, @Nullable ClientToken token) {
        var writes = new ArrayList<Write>(List.of(Instances.created(instance), Images.used(seen.image())));
        stillShared(caller, seen).ifPresent(writes::add);
        if (token != null) {
            writes.add(Requests.remembered(
                    caller.account(), OPERATION, token, instance.id().value(), instance.createdAt()));
        }
        return writes;
    }

    private List<Write> replacement(Caller caller, Seen seen, Instance before, Instance after) {
        var writes = new ArrayList<Write>(List.of(Instances.replaced(before, after, caller.arn())));
        stillShared(caller, seen).ifPresent(writes::add);
        if (after.image().equals(before.image())) {
            writes.add(Images.stillUsable(seen.image()));
        } else {
            writes.add(Images.used(seen.image()));
            uncounted(before.image()).ifPresent(writes::add);
        }
        return writes;
    }

    /** An image that was deleted by force counts nothing any more. */
    private Optional<Write> uncounted(ImageId id) {
        return images.find(id).map(image -> Images.unused(image.id()));
    }

    private static Optional<Write> stillShared(Caller caller, Seen seen) {
        return seen.category() == Category.SHARED
                ? Optional.of(Shares.held(seen.image().id(), caller.account()))
                : Optional.empty();
    }

    private Optional<Result<Instance>> answered(Caller caller, @Nullable ClientToken token) {
        return requests.answer(caller.account(), OPERATION, token, clock.instant(), id -> find(caller, id));
    }

    private static Result<Instance> missing(String id) {
        return Result.rejected(
                Code.INSTANCE_NOT_FOUND, "instanceId", id, "There is no instance " + id + " among your own");
    }
}
