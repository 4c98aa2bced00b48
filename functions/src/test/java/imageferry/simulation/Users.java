package imageferry.simulation;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.copying.InMemoryService;
import imageferry.copying.request.RequestCopies;
import imageferry.copying.request.RequestImport;
import imageferry.copying.request.TargetRequest;
import imageferry.function.WiredService;
import imageferry.idempotency.ClientToken;
import imageferry.image.ImageName;
import imageferry.image.Labels;
import imageferry.ledger.Item;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.rule.Result;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Chooses users' requests by the current records. */
final class Users {
    private static final Caller OPERATOR = caller("111111111111");
    private static final Caller ANN = caller("222222222222");
    private static final Caller BOB = caller("333333333333");
    private static final List<Caller> ALL = List.of(ANN, ANN, BOB, OPERATOR);
    private static final List<Region> REGIONS = RecordInvariants.regions().toList();
    /** In MiB, which are bytes in the store: one to four parts of 5 MiB, or more than one worker copies. */
    private static final List<Integer> SIZES = List.of(1, 3, 5, 6, 10, 13, 16, 16, 167);

    private final World world;
    private final Table table;
    private final SelfImportingUploads uploads;
    private boolean changedUploads;
    private boolean stoppedExecutions;

    Users(World world) {
        this.world = world;
        this.table = world.table;
        this.uploads = new SelfImportingUploads(world);
    }

    /**
     * A user's request, with the same token and answer when it is repeated.
     *
     * @param token its repetition gets the same answer; empty for none
     * @param truth the condition on the table after that answer accepted it
     */
    record Request(
            String words, Function<WiredService, Result<?>> call, String token, BiPredicate<Table, Object> truth) {
        Request(String words, Function<WiredService, Result<?>> call) {
            this(words, call, "");
        }

        Request(String words, Function<WiredService, Result<?>> call, String token) {
            this(words, call, token, (table, answer) -> true);
        }

        /** The action, in one word. */
        String verb() {
            return words.substring(0, words.indexOf(' '));
        }
    }

    private static Caller caller(String account) {
        return new Caller(new AccountId(account), "arn:aws:iam::" + account + ":user/tester", account.startsWith("1"));
    }

    /** The request; empty when the records offer nothing for it. */
    Optional<Request> request(Action act, SplittableRandom chance) {
        return switch (act.kind()) {
            case IMPORT -> Optional.of(importing(act, chance));
            case COPY -> pick(images("Available"), chance).map(source -> copying(act, source, chance));
            case CANCEL -> pick(images("Waiting", "Creating"), chance).map(image -> cancelling(image, chance));
            case RETRY -> pick(copies("Failed", "Cancelled"), chance).map(copy -> retrying(copy, chance));
            case DELETE ->
                pick(images("Available", "UnAvailable", "CreateFailed", "Recycled"), chance)
                        .map(image -> image.text("status").equals("Recycled")
                                ? leavingTheBin(image, chance)
                                : deleting(image, chance));
            case SHARE -> pick(images("Available"), chance).map(image -> sharing(image, chance));
            case UNSHARE -> pick(shared(), chance).map(image -> unsharing(image, chance));
            case BOOT -> pick(images("Available"), chance).map(image -> booting(act, image, chance));
            case REPLACE_DISK -> pick(table.instances(), chance).flatMap(instance -> replacing(instance, chance));
            case DELETE_INSTANCE -> pick(table.instances(), chance).map(Users::deletingInstance);
            case DECIDE_TICKET -> pick(openTickets(), chance).map(ticket -> deciding(ticket, chance));
            case OVERWRITE_UPLOAD, DROP, STOP_EXECUTION, SWEEP ->
                throw new IllegalArgumentException("Nobody asks the service for " + act);
        };
    }

    private List<Item> images(String... statuses) {
        return withStatus(table.images(), statuses);
    }

    private List<Item> copies(String... statuses) {
        return withStatus(table.copies(), statuses);
    }

    private static List<Item> withStatus(List<Item> items, String... statuses) {
        return items.stream()
                .filter(item -> Set.of(statuses).contains(item.text("status")))
                .toList();
    }

    private List<Item> shared() {
        return table.images().stream()
                .filter(image -> image.number("shareCount") > 0)
                .toList();
    }

    private List<Item> openTickets() {
        return table.tickets().stream()
                .filter(ticket -> ticket.text("state").equals("Open"))
                .toList();
    }

    private static <T> Optional<T> pick(List<T> all, SplittableRandom chance) {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(chance.nextInt(all.size())));
    }

    private static <T> T one(List<T> all, SplittableRandom chance) {
        return all.get(chance.nextInt(all.size()));
    }

    private static Caller other(Caller caller) {
        return caller.equals(BOB) ? ANN : BOB;
    }

    /** Mostly the owner, sometimes another account. */
    private static Caller owner(Item item, SplittableRandom chance) {
        var own = caller(item.text("owner"));
        return chance.nextInt(8) == 0 ? one(ALL, chance) : own;
    }

    private static ImageName name(SplittableRandom chance) {
        return new ImageName("image-" + chance.nextInt(3));
    }

    private static @Nullable ClientToken token(Action act, SplittableRandom chance) {
        return chance.nextBoolean() ? null : new ClientToken("token-" + act.number(), "parameters");
    }

    private static String text(@Nullable ClientToken token) {
        return token == null ? "" : token.token();
    }

    private Request importing(Action act, SplittableRandom chance) {
        var caller = one(ALL, chance);
        var upload = upload(caller, chance);
        if (world.store.look(upload).isEmpty()) {
            put(upload, act, chance);
        }
        var request = new RequestImport.Request(
                upload.region().name(),
                name(chance),
                upload.key(),
                InMemoryService.ANY_BYTES,
                Labels.NONE,
                token(act, chance));
        return new Request(
                "imports " + request,
                service -> service.requestImport().request(caller, request),
                text(request.token()));
    }

    private static Blob upload(Caller caller, SplittableRandom chance) {
        return new Blob(one(REGIONS, chance), Regions.importPrefix(caller.account()) + "disk-" + chance.nextInt(2));
    }

    private void put(Blob upload, Action act, SplittableRandom chance) {
        world.store.put(upload, Bytes.random(act.number(), one(SIZES, chance)));
        world.contents.note(upload);
    }

    /** Overwrites an upload with another disk, or deletes the upload. */
    void overwrite(Action act, SplittableRandom chance) {
        var upload = upload(one(ALL, chance), chance);
        changedUploads |= world.store.look(upload).isPresent();
        if (chance.nextInt(3) == 0) {
            world.store.delete(upload);
            world.contents.taken(upload);
            note(act, "takes away " + upload);
        } else {
            put(upload, act, chance);
            note(act, "puts another disk to " + upload);
        }
    }

    /** Uploads a disk that asks for its import, sometimes twice at once, as a client that retries. */
    void drop(Action act, SplittableRandom chance) {
        var upload = upload(one(ALL, chance), chance);
        var words = Map.of("imageferry-name", name(chance).value(), "imageferry-format", "raw");
        drop(upload, words, act, chance);
        if (chance.nextInt(3) == 0) {
            world.strands.after(chance.nextLong(300_000), act.number(), () -> drop(upload, words, act, chance));
        }
    }

    private void drop(Blob upload, Map<String, String> words, Action act, SplittableRandom chance) {
        changedUploads |= world.store.look(upload).isPresent();
        put(upload, act, chance);
        world.store.tag(upload, words);
        note(act, "uploads a disk to " + upload + " as " + words.get("imageferry-name"));
        uploads.uploaded(upload, chance);
    }

    /** Checks uploads that asked for their import once, after everything has ended. */
    void checkTheEnd() {
        uploads.checkTheEnd();
    }

    private void note(Action act, String what) {
        world.trace.add(world.strands.now(), act.toString(), what, () -> "");
    }

    /** Returns whether an upload was overwritten or deleted. */
    boolean changedUploads() {
        return changedUploads;
    }

    void stopExecution(SplittableRandom chance) {
        pick(world.workflows.running(), chance).ifPresent(copy -> {
            stoppedExecutions = true;
            world.workflows.stop(copy);
        });
    }

    boolean stoppedExecutions() {
        return stoppedExecutions;
    }

    private static Request copying(Action act, Item source, SplittableRandom chance) {
        var caller = owner(source, chance);
        var targets = new ArrayList<TargetRequest>();
        var regions = new LinkedHashSet<Region>();
        for (var i = chance.nextInt(3); i >= 0; i--) {
            regions.add(one(REGIONS, chance));
        }
        if (regions.size() > 1 || chance.nextInt(6) > 0) {
            regions.remove(new Region(source.text("region")));
        }
        if (regions.isEmpty()) {
            regions.add(other(source.text("region")));
        }
        for (var region : regions) {
            var name = chance.nextBoolean() ? null : name(chance).value();
            var with = chance.nextInt(3) == 0 ? List.of(other(caller).account().value()) : List.<String>of();
            targets.add(new TargetRequest(region.name(), name, Labels.NONE, with));
        }
        var request = new RequestCopies.Request(source.text("imageId"), targets, null, token(act, chance));
        return new Request(
                "copies " + request,
                service -> service.requestCopies().request(caller, request),
                text(request.token()));
    }

    private static Region other(String region) {
        return REGIONS.stream()
                .filter(one -> !one.name().equals(region))
                .findFirst()
                .orElseThrow();
    }

    private static Request cancelling(Item image, SplittableRandom chance) {
        var caller = owner(image, chance);
        var id = image.text("imageId");
        return new Request(
                "cancels the copy of " + id, service -> service.cancelCopy().cancel(caller, id));
    }

    private static Request retrying(Item copy, SplittableRandom chance) {
        var caller = owner(copy, chance);
        var id = copy.text("copyId");
        return new Request("retries " + id, service -> service.retryCopy().retry(caller, id));
    }

    private static Request deleting(Item image, SplittableRandom chance) {
        var caller = owner(image, chance);
        var force = chance.nextBoolean();
        var id = image.text("imageId");
        return new Request(
                "deletes " + id + (force ? " by force" : ""),
                service -> service.deleteImage().delete(caller, id, force),
                "",
                (now, deleted) -> now.image(id)
                        .filter(left -> !Set.of("Recycled", "Deleting").contains(left.text("status")))
                        .isEmpty());
    }

    private static Request leavingTheBin(Item image, SplittableRandom chance) {
        var caller = owner(image, chance);
        var id = image.text("imageId");
        if (chance.nextInt(3) == 0) {
            return new Request("purges " + id, service -> service.purgeImages().purge(caller, id));
        }
        var name = chance.nextInt(4) == 0 ? new ImageName("restored-" + chance.nextInt(3)) : null;
        return new Request("restores " + id, service -> service.restoreImage().restore(caller, id, name, null));
    }

    private static Request sharing(Item image, SplittableRandom chance) {
        var caller = owner(image, chance);
        var id = image.text("imageId");
        var with = (chance.nextInt(5) == 0 ? one(ALL, chance) : other(caller))
                .account()
                .value();
        return new Request(
                "shares " + id + " with " + with,
                service -> service.shareImages().share(caller, id, with));
    }

    private static Request unsharing(Item image, SplittableRandom chance) {
        var caller = owner(image, chance);
        var id = image.text("imageId");
        var with = one(ALL, chance).account().value();
        return new Request(
                "unshares " + id + " from " + with,
                service -> service.shareImages().unshare(caller, id, with));
    }

    private static Request booting(Action act, Item image, SplittableRandom chance) {
        var caller = chance.nextBoolean() ? owner(image, chance) : BOB;
        var id = image.text("imageId");
        var region = chance.nextInt(8) == 0 ? one(REGIONS, chance).name() : image.text("region");
        var token = token(act, chance);
        return new Request(
                "boots from " + id, service -> service.useImages().create(caller, id, region, token), text(token));
    }

    private Optional<Request> replacing(Item instance, SplittableRandom chance) {
        var caller = caller(instance.text("owner"));
        var id = instance.text("instanceId");
        return pick(images("Available"), chance)
                .map(image -> image.text("imageId"))
                .map(image -> new Request(
                        "replaces the disk of " + id + " by " + image,
                        service -> service.useImages().replaceSystemDisk(caller, id, image)));
    }

    private static Request deletingInstance(Item instance) {
        var caller = caller(instance.text("owner"));
        var id = instance.text("instanceId");
        return new Request("ends " + id, service -> service.useImages().delete(caller, id));
    }

    private static Request deciding(Item ticket, SplittableRandom chance) {
        var caller = chance.nextInt(8) == 0 ? caller(ticket.text("requester")) : OPERATOR;
        var id = ticket.text("ticketId");
        return chance.nextInt(3) == 0
                ? new Request("rejects " + id, service -> service.decideTicket().reject(caller, id, "No"))
                : new Request(
                        "approves " + id, service -> service.decideTicket().approve(caller, id, null));
    }

    /** The operator's decision on the tickets that are still open at the end. */
    List<Request> lastDecisions(SplittableRandom chance) {
        return openTickets().stream().map(ticket -> deciding(ticket, chance)).toList();
    }
}
