package imageferry.local.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An account with some of everything, so that no list is empty and every look-up finds something. It has versions of a
 * family in three regions, shared and published images, instances, copies in every state, tickets, and an upload that
 * was never imported.
 *
 * @param failed a copy whose upload a retry can take over
 * @param pending copies that wait for the operator's approval
 */
record BusyAccount(
        AccountClient owner,
        AccountClient operator,
        Subject version,
        Subject newer,
        Subject shared,
        Subject published,
        Subject doomed,
        Subject failed,
        List<Subject> pending,
        String instance,
        Path disk) {
    static final String HOME = RunningCloud.REGIONS.get(0);
    static final String AWAY = RunningCloud.REGIONS.get(1);
    static final String FAR = RunningCloud.REGIONS.get(2);
    static final String RECIPIENT = "333333333333";

    /** Larger copies wait for approval. */
    static final int LARGE = 100_000;

    static BusyAccount in(RunningCloud cloud, AccessFaults hindrances, Path folder) throws Exception {
        var owner = new AccountClient(cloud, "222222222222");
        var operator = new AccountClient(cloud, Demo.OPERATOR);
        var small = SmallDisk.make(folder.resolve("small.img"), LARGE / 1024 * 512);
        var version = version(owner, small);
        var newer = version(owner, small);
        var large = owner.imports(HOME, SmallDisk.make(folder.resolve("large.img"), LARGE / 512 * 1024));
        var published = operator.imports(AWAY, small);
        owner.awaits("Available", List.of(version, newer, large));
        operator.awaits("Available", List.of(published));
        operator.does("PATCH", published.path(), Map.of("public", true));
        var shared = owner.copies(version, AWAY, RECIPIENT);
        var doomed = owner.copies(version, AWAY, RECIPIENT);
        owner.awaits("Available", List.of(shared, doomed));
        owner.boots(doomed);
        hindrances.refuse("CopySnapshotPartsFunction s3:GetObject");
        var failed = owner.copies(version, FAR);
        owner.awaits("Failed", List.of(failed));
        hindrances.allowAll();
        var pending = List.of(
                owner.copies(large, AWAY),
                owner.copies(large, AWAY),
                owner.copies(large, FAR),
                owner.copies(large, FAR));
        owner.awaits("Await Approval", pending);
        owner.uploads(HOME, small);
        return new BusyAccount(
                owner,
                operator,
                version,
                newer,
                shared,
                published,
                doomed,
                failed,
                pending,
                owner.boots(version),
                small);
    }

    /** One more version of the family, made by a request. */
    static Subject version(AccountClient owner, Path disk) throws Exception {
        var name = AccountClient.newName();
        var answer = owner.does(
                "POST",
                "/images",
                Map.of(
                        "region", HOME,
                        "name", name,
                        "family", "web",
                        "importKey", owner.uploads(HOME, disk),
                        "clientToken", name));
        return new Subject(
                answer.at("/image/imageId").asText(), answer.at("/copy/copyId").asText(), HOME);
    }

    String ticket(int number) throws Exception {
        return owner.does("GET", "/copies/" + pending.get(number).copyId(), Map.of())
                .path("ticketId")
                .asText();
    }
}
