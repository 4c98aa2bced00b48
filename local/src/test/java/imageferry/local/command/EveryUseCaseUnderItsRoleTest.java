package imageferry.local.command;

import static imageferry.local.command.BusyAccount.AWAY;
import static imageferry.local.command.BusyAccount.FAR;
import static imageferry.local.command.BusyAccount.HOME;
import static imageferry.local.command.BusyAccount.RECIPIENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.rights.UseCases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each use case of each function runs under the function's own role, over an account that has some of everything. The
 * cloud fails the test on closing if a role lacked a right.
 */
@Timeout(300)
@Tag("slow")
class EveryUseCaseUnderItsRoleTest {
    private final TreeSet<String> ran = new TreeSet<>();
    private final AccessFaults hindrances = new AccessFaults();

    private RunningCloud cloud;
    private BusyAccount account;
    private AccountClient owner;
    private AccountClient operator;

    @TempDir
    Path folder;

    @Test
    void is_allowed_all_its_requests() throws Exception {
        try (var running = new RunningCloud(
                folder.resolve("data"),
                Map.of("ApprovalAboveBytes", Integer.toString(BusyAccount.LARGE)),
                hindrances)) {
            cloud = running;
            account = BusyAccount.in(cloud, hindrances, folder);
            owner = account.owner();
            operator = account.operator();

            imports();
            copies();
            tickets();
            changes();
            uses();
            lists();
            deletes();
            sweeps();
            guards();
            managesBuckets();
        }
        assertThat(ran).as("use cases in this test, and all use cases").isEqualTo(UseCases.all());
    }

    private void imports() throws Exception {
        owner.awaits("Available", List.of(BusyAccount.version(owner, account.disk())));
        runs("ImportImageFunction", "RequestImport.request", "Views.imported");
        var drops = new SelfImportingUploads(cloud, HOME, owner.account);
        drops.put(
                "dropped",
                Files.readAllBytes(account.disk()),
                Map.of("x-amz-meta-imageferry-name", "dropped", "x-amz-meta-imageferry-family", "web"));
        drops.image("dropped", "Available");
        runs("ImportUploadFunction", "ImportUpload.handle");
    }

    private void copies() throws Exception {
        var targets = List.of(Map.of("region", AWAY, "shareWith", List.of(RECIPIENT)), Map.of("region", FAR));
        var asked = Map.of("targets", targets, "clientToken", "once");
        var first = owner.does("POST", account.newer().path() + "/copies", asked);
        var again = owner.does("POST", account.newer().path() + "/copies", asked);
        assertThat(again.path("groupId")).isEqualTo(first.path("groupId"));
        for (var copy : first.path("copies")) {
            owner.awaits("Available", List.of(subject(copy)));
        }
        var retried = owner.does("POST", "/copies/" + account.failed().copyId() + "/retry", Map.of());
        owner.awaits("Available", List.of(subject(retried.path("copy"))));
        retriesAnImportWhoseUploadIsGone();
        runs(
                "CopyImageFunction",
                "RequestCopies.request",
                "DescribeCopies.group",
                "Views.copies",
                "RetryCopy.retry",
                "Views.copy");
        runs("AdvanceCopiesFunction", "AdvanceCopies.start", "AdvanceCopies.wake");
        runs("PublishChangesFunction", "Bus.publish");
        runs("ValidateCopyFunction", "ValidateCopy.validate");
        runs("RequestSlotFunction", "RequestSlot.park");
        runs("StartSnapshotCopyFunction", "StartSnapshotCopy.start");
        runs("CopySnapshotPartsFunction", "CopySnapshotParts.copy");
        runs("CompleteSnapshotCopyFunction", "CompleteSnapshotCopy.complete");
        runs("CreateImageFunction", "CreateImage.create");
        runs("ShareImageFunction", "ShareCopied.share");
    }

    private void retriesAnImportWhoseUploadIsGone() throws Exception {
        var drops = new SelfImportingUploads(cloud, HOME, owner.account);
        drops.put("lost", Files.readAllBytes(account.disk()), Map.of());
        var failed = subject(owner.does(
                        "POST",
                        "/images",
                        Map.of(
                                "region",
                                HOME,
                                "name",
                                AccountClient.newName(),
                                "importKey",
                                drops.key("lost"),
                                "expectedChecksum",
                                "A".repeat(43) + "=-1"))
                .path("copy"));
        owner.awaits("Failed", List.of(failed));
        drops.remove("lost");
        assertThat(Request.of("POST", "/copies/" + failed.copyId() + "/retry")
                        .send(cloud.uri(), owner.account)
                        .status())
                .isEqualTo(404);
    }

    private void tickets() throws Exception {
        operator.does("POST", "/tickets/" + account.ticket(0) + "/approve", Map.of());
        operator.does("POST", "/tickets/" + account.ticket(1) + "/reject", Map.of("reason", "Too large"));
        owner.does("POST", account.pending().get(2).path() + "/cancel-copy", Map.of());
        owner.awaits("Available", account.pending().subList(0, 1));
        owner.awaits("Failed", account.pending().subList(1, 2));
        owner.awaits("Cancelled", account.pending().subList(2, 3));
        var again = subject(owner.does("POST", account.pending().get(2).path() + "/retry-copy", Map.of())
                .path("copy"));
        owner.awaits("Await Approval", List.of(again));
        owner.does("POST", "/copies/" + again.copyId() + "/cancel", Map.of());
        owner.awaits("Cancelled", List.of(again));
        runs("CopyImageFunction", "RetryCopy.retryImage");
        runs("RequestApprovalFunction", "RequestApproval.park");
        runs("DecideTicketFunction", "DecideTicket.approve", "DecideTicket.reject");
        runs("CancelCopyFunction", "CancelCopy.cancel", "CancelCopy.cancelCopy", "Views.decided");
        runs("SettleCopyFunction", "SettleCopy.settle");
    }

    private void changes() throws Exception {
        var path = account.version().path();
        owner.does("PUT", path + "/shares/444444444444", Map.of());
        owner.does("GET", path + "/shares", Map.of());
        owner.does("DELETE", path + "/shares/444444444444", Map.of());
        runs("SharesFunction", "ShareImages.share", "ShareImages.list", "ShareImages.unshare");
        owner.does("PATCH", path, Map.of("name", "renamed", "protected", false, "status", "Deprecated"));
        owner.does("PATCH", path, Map.of("status", "Available", "description", "As new"));
        var published = account.published().path();
        operator.does("PATCH", published, Map.of("public", false));
        operator.does("PATCH", published, Map.of("productCode", "golden"));
        runs("ModifyImageFunction", "ModifyImage.modify", "Views.image");
    }

    private void uses() throws Exception {
        var instance = "/instances/" + account.instance();
        owner.does("GET", instance, Map.of());
        owner.does(
                "PUT",
                instance + "/system-disk",
                Map.of("imageId", account.newer().imageId()));
        owner.does("DELETE", instance, Map.of());
        owner.does("GET", account.version().path() + "/download", Map.of());
        var booted = Map.of("imageId", account.version().imageId(), "region", HOME, "clientToken", "boot");
        assertThat(owner.does("POST", "/instances", booted).path("instanceId"))
                .isEqualTo(owner.does("POST", "/instances", booted).path("instanceId"));
        runs(
                "UseImageFunction",
                "UseImages.find",
                "UseImages.replaceSystemDisk",
                "UseImages.delete",
                "UseImages.create",
                "SystemDisks.download",
                "SystemDisks.of");
    }

    private void lists() throws Exception {
        assertThat(pages(owner, "/images?owner=all&status=all&region=" + AWAY + "&"))
                .isGreaterThan(3);
        for (var region : List.of("", "region=" + HOME + "&")) {
            assertThat(pages(owner, "/images?" + region)).isGreaterThan(2);
            assertThat(pages(owner, "/images?status=all&" + region)).isGreaterThan(2);
            assertThat(pages(owner, "/images?family=web&" + region)).isGreaterThan(2);
            assertThat(pages(owner, "/images?family=web&status=all&" + region)).isGreaterThan(2);
            assertThat(pages(owner, "/copies?status=Available&" + region)).isGreaterThan(2);
        }
        var recipient = new AccountClient(cloud, RECIPIENT);
        assertThat(pages(recipient, "/images?owner=shared&region=" + AWAY + "&"))
                .isGreaterThan(1);
        recipient.does("GET", account.shared().path(), Map.of());
        runs(
                "DescribeImagesFunction",
                "DescribeImages.list",
                "DescribeImages.find",
                "Views.image",
                "Views.images",
                "Views.imagesAtRest");
        assertThat(pages(owner, "/copies?")).isGreaterThan(5);
        assertThat(pages(owner, account.version().path() + "/copies?")).isGreaterThan(2);
        assertThat(pages(owner, "/tickets?")).isGreaterThan(2);
        assertThat(pages(operator, "/tickets?")).isGreaterThan(2);
        var copy = owner.does("GET", "/copies/" + account.pending().getLast().copyId(), Map.of());
        owner.does("GET", "/groups/" + copy.path("groupId").asText(), Map.of());
        runs(
                "DescribeCopiesFunction",
                "DescribeCopies.list",
                "DescribeCopies.madeFrom",
                "DescribeCopies.tickets",
                "DescribeCopies.find",
                "DescribeCopies.group",
                "Views.copies",
                "Views.copy");
        var month = YearMonth.now(ZoneOffset.UTC);
        owner.does("GET", "/usage", Map.of());
        operator.does("GET", "/usage?month=" + month.minusMonths(1) + "&account=" + owner.account, Map.of());
        owner.does("GET", "/regions", Map.of());
        runs("DescribeAccountFunction", "DescribeUsage.of", "RegionViews.of");
    }

    private void deletes() throws Exception {
        var doomed = account.doomed().path();
        owner.does("DELETE", doomed + "?force=true", Map.of());
        owner.does("POST", doomed + "/restore", Map.of("clientToken", "restored"));
        owner.does("DELETE", doomed + "?force=true", Map.of());
        owner.does("DELETE", doomed + "?purge=true", Map.of());
        runs("DeleteImageFunction", "DeleteImage.delete", "PurgeImages.purge", "RestoreImage.restore", "Views.image");
    }

    private void sweeps() throws Exception {
        hindrances.refuse("DeleteImageFunction s3:DeleteObject");
        owner.does("DELETE", account.shared().path() + "?force=true", Map.of());
        owner.does("DELETE", account.shared().path() + "?purge=true", Map.of());
        hindrances.allowAll();
        InstantSource later = () -> Instant.now().plus(Duration.ofHours(26));
        var swept = new DeployedFunction(cloud, later).call("SweepFunction", Map.of(), "{}");
        assertThat(swept.path("failures")).isEmpty();
        runs(
                "SweepFunction",
                "PurgeImages.purgeDue",
                "Removals.finishAll",
                "SweepCopies.sweep",
                "SweepMetrics.<init>",
                "SweepMetrics.put");
    }

    private void guards() throws Exception {
        var answer = new DeployedFunction(cloud, InstantSource.system())
                .call(
                        "GuardRegionsFunction",
                        Map.of(),
                        "{\"RequestType\":\"Delete\",\"ResourceProperties\":{\"Regions\":[\"" + HOME + "\",\"" + AWAY
                                + "\"]}}");
        assertThat(answer.path("Status").asText()).isEqualTo("FAILED");
        runs("GuardRegionsFunction", "ImagesOfRegion.find", "ImagesOfRegion.inBin", "ImagesOfRegion.unknown");
    }

    private void managesBuckets() throws Exception {
        var buckets = new ManagedBuckets(cloud, HOME);
        buckets.adopt();
        buckets.releaseOrphan();
        buckets.confirmRestore();
        runs("ManageBucketFunction", "AdoptBucket.adopt", "ReleaseOrphans.release", "ConfirmRestore.confirm");
    }

    private void runs(String function, String... useCases) {
        for (var useCase : useCases) {
            ran.add(function + ": " + useCase);
        }
    }

    /**
     * The number of pages of one entry in a list.
     *
     * @param list with its query begun
     */
    private static int pages(AccountClient actor, String list) throws Exception {
        var first = list + "pageSize=1";
        var pages = 1;
        for (var page = actor.does("GET", first, Map.of()); page.has("nextToken"); pages++) {
            page = actor.does(
                    "GET", first + "&nextToken=" + page.path("nextToken").asText(), Map.of());
        }
        return pages;
    }

    private static Subject subject(JsonNode copy) {
        return new Subject(
                copy.path("imageId").asText(),
                copy.path("copyId").asText(),
                copy.path("region").asText());
    }
}
