// A user's work through the generated client for TypeScript. Each line prints its result.
import {
    AccountApi, Configuration, CopiesApi, Copy, Image, ImageStatusFilter, ImagesApi, InstancesApi, ResponseError, SharingApi,
    TicketsApi,
} from './client';

declare const process: { argv: string[] };

const configuration = new Configuration({ basePath: process.argv[2] });
const images = new ImagesApi(configuration);
const copies = new CopiesApi(configuration);
const sharing = new SharingApi(configuration);
const instances = new InstancesApi(configuration);

function say(what: string, seen: string | number | boolean | undefined): void {
    console.log(`${what} ${seen}`);
}

async function list(region: string, status: ImageStatusFilter, tag?: string[]): Promise<Image[]> {
    return (await images.listImages({ region, status, tag })).images;
}

async function ended(copyId: string): Promise<Copy> {
    for (let tries = 0; tries < 10_000; tries++) {
        const copy = await copies.getCopy({ copyId });
        if (['Available', 'Cancelled', 'Failed'].includes(copy.status)) {
            return copy;
        }
    }
    throw new Error(`${copyId} does not end`);
}

async function tell(importKey: string): Promise<void> {
    const regions = (await new AccountApi(configuration).listRegions()).regions;
    say('regions', regions.map((region) => region.region).join(','));

    const imported = await images.importImage({
        importImageRequest: { region: 'us-east-1', name: 'golden', importKey, tags: { os: 'debian' } },
    });
    say('imported', (await ended(imported.copy.copyId)).status);
    const imageId = imported.image.imageId;
    say('tagged', (await list('us-east-1', ImageStatusFilter.ONLY_AVAILABLE, ['os=debian'])).length);
    const changed = await images.modifyImage({ imageId, modifyImageRequest: { description: 'For everybody' } });
    say('changed', changed.description);
    say('shared', (await sharing.shareImage({ imageId, accountId: '333333333333' })).shares[0].accountId);
    const instance = await instances.createInstance({ createInstanceRequest: { imageId, region: 'us-east-1' } });
    say('instance', instance.systemDisk?.sizeBytes);
    say('link', instance.systemDisk?.url.split(':')[0]);
    await instances.deleteInstance({ instanceId: instance.instanceId });
    await sharing.unshareImage({ imageId, accountId: '333333333333' });

    const large = (await list('eu-west-1', ImageStatusFilter.ANY_STATUS))[0];
    say('listed', large.sizeBytes);
    const copy = await copies.getCopy({ copyId: large.source!.copyId });
    say('copy', `${copy.status} ${copy.bytesTotal}`);
    say('ticket', (await new TicketsApi(configuration).listTickets()).tickets[0].sizeBytes);
    await copies.cancelCopy({ copyId: copy.copyId });
    say('cancelled', (await ended(copy.copyId)).reason?.code);
    const retried = (await copies.retryCopyImage({ imageId: large.imageId })).copy;
    say('retried', retried.retryOf === copy.copyId);
    await copies.cancelCopyImage({ imageId: retried.imageId });

    try {
        await images.getImage({ imageId: 'm-aaaaaaaaaaaaaaaaa' });
    } catch (refused) {
        say('refused', (refused as ResponseError).response.status);
    }
    await images.deleteImage({ imageId });
}

void tell(process.argv[3]);
