import imageferry.client.ApiClient;
import imageferry.client.ApiException;
import imageferry.client.api.AccountApi;
import imageferry.client.api.CopiesApi;
import imageferry.client.api.ImagesApi;
import imageferry.client.api.InstancesApi;
import imageferry.client.api.SharingApi;
import imageferry.client.api.TicketsApi;
import imageferry.client.model.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A user's work through the generated client for Java. Each line prints its result. */
public final class Story {
    private final CopiesApi copies;
    private final List<String> lines = new ArrayList<>();

    private Story(ApiClient client) {
        copies = new CopiesApi(client);
    }

    public static String tell(String address, String importKey) throws ApiException {
        var client = new ApiClient();
        client.updateBaseUri(address);
        return String.join("\n", new Story(client).tell(client, importKey)) + "\n";
    }

    private List<String> tell(ApiClient client, String importKey) throws ApiException {
        var images = new ImagesApi(client);
        var sharing = new SharingApi(client);
        var instances = new InstancesApi(client);
        say("regions", new AccountApi(client).listRegions().getRegions().stream()
                .map(EnabledRegion::getRegion).collect(Collectors.joining(",")));

        var imported = images.importImage(new ImportImageRequest()
                .region("us-east-1").name("golden").importKey(importKey).tags(Map.of("os", "debian")));
        say("imported", ended(imported.getCopy().getCopyId()).getStatus());
        var image = imported.getImage().getImageId();
        say("tagged", list(images, "us-east-1", ImageStatusFilter.ONLY_AVAILABLE, List.of("os=debian")).size());
        say("changed", images.modifyImage(image, new ModifyImageRequest().description("For everybody")).getDescription());
        say("shared", sharing.shareImage(image, "333333333333").getShares().getFirst().getAccountId());
        var instance = instances.createInstance(new CreateInstanceRequest().imageId(image).region("us-east-1"));
        say("instance", instance.getSystemDisk().getSizeBytes());
        say("link", instance.getSystemDisk().getUrl().getScheme());
        instances.deleteInstance(instance.getInstanceId());
        sharing.unshareImage(image, "333333333333");

        var large = list(images, "eu-west-1", ImageStatusFilter.ANY_STATUS, null).getFirst();
        say("listed", large.getSizeBytes());
        var copy = copies.getCopy(large.getSource().getCopyId());
        say("copy", copy.getStatus() + " " + copy.getBytesTotal());
        say("ticket", new TicketsApi(client)
                .listTickets(TicketsApi.APIListTicketsRequest.newBuilder().build()).getTickets().getFirst().getSizeBytes());
        copies.cancelCopy(copy.getCopyId());
        say("cancelled", ended(copy.getCopyId()).getReason().getCode());
        var retried = copies.retryCopyImage(large.getImageId()).getCopy();
        say("retried", retried.getRetryOf().equals(copy.getCopyId()));
        copies.cancelCopyImage(retried.getImageId());

        try {
            images.getImage("m-aaaaaaaaaaaaaaaaa");
        } catch (ApiException refused) {
            say("refused", refused.getCode());
        }
        images.deleteImage(ImagesApi.APIDeleteImageRequest.newBuilder().imageId(image).build());
        return lines;
    }

    private static List<Image> list(ImagesApi images, String region, ImageStatusFilter status, List<String> tags)
            throws ApiException {
        return images.listImages(ImagesApi.APIListImagesRequest.newBuilder()
                        .region(region).status(status).tag(tags).build())
                .getImages();
    }

    private Copy ended(String copyId) throws ApiException {
        for (var tries = 0; tries < 10_000; tries++) {
            var copy = copies.getCopy(copyId);
            if (List.of(CopyStatus.COPY_AVAILABLE, CopyStatus.COPY_CANCELLED, CopyStatus.COPY_FAILED)
                    .contains(copy.getStatus())) {
                return copy;
            }
        }
        throw new IllegalStateException(copyId + " does not end");
    }

    private void say(String what, Object seen) {
        lines.add(what + " " + seen);
    }
}
