"""What a user does, through the client that was generated for Python; each line says what it saw."""

import sys

import imageferry_client as client
from imageferry_client.exceptions import ApiException
from imageferry_client.models import CopyStatus, ImageStatusFilter

api = client.ApiClient(client.Configuration(host=sys.argv[1]))
images = client.ImagesApi(api)
copies = client.CopiesApi(api)
sharing = client.SharingApi(api)
instances = client.InstancesApi(api)


def say(what, seen):
    print(what, seen)


def ended(copy_id):
    for _ in range(10_000):
        copy = copies.get_copy(copy_id)
        if copy.status in (CopyStatus.COPY_AVAILABLE, CopyStatus.COPY_CANCELLED, CopyStatus.COPY_FAILED):
            return copy
    raise RuntimeError(f"{copy_id} does not end")


say("regions", ",".join(region.region for region in client.AccountApi(api).list_regions().regions))

imported = images.import_image(
    client.ImportImageRequest(
        region="us-east-1", name="golden", importKey=sys.argv[2], tags={"os": "debian"}
    )
)
say("imported", ended(imported.copy.copy_id).status.value)
image = imported.image.image_id
say("tagged", len(images.list_images(region="us-east-1", tag=["os=debian"]).images))
say("changed", images.modify_image(image, client.ModifyImageRequest(description="For everybody")).description)
say("shared", sharing.share_image(image, "333333333333").shares[0].account_id)
instance = instances.create_instance(client.CreateInstanceRequest(imageId=image, region="us-east-1"))
say("instance", instance.system_disk.size_bytes)
say("link", instance.system_disk.url.split(":")[0])
instances.delete_instance(instance.instance_id)
sharing.unshare_image(image, "333333333333")

large = images.list_images(region="eu-west-1", status=ImageStatusFilter.ANY_STATUS).images[0]
say("listed", large.size_bytes)
copy = copies.get_copy(large.source.copy_id)
say("copy", f"{copy.status.value} {copy.bytes_total}")
say("ticket", client.TicketsApi(api).list_tickets().tickets[0].size_bytes)
copies.cancel_copy(copy.copy_id)
say("cancelled", ended(copy.copy_id).reason.code)
retried = copies.retry_copy_image(large.image_id).copy
say("retried", str(retried.retry_of == copy.copy_id).lower())
copies.cancel_copy_image(retried.image_id)

try:
    images.get_image("m-aaaaaaaaaaaaaaaaa")
except ApiException as refused:
    say("refused", refused.status)
images.delete_image(image)
