package imageferry.function;

import imageferry.copying.DescribeCopies;
import imageferry.copying.queue.DecideTicket;
import imageferry.copying.queue.Queues;
import imageferry.copying.request.CancelCopy;
import imageferry.copying.request.RequestCopies;
import imageferry.copying.request.RequestImport;
import imageferry.copying.request.RetryCopy;
import imageferry.function.edge.Api;
import imageferry.function.edge.Callers;
import imageferry.function.edge.NextTokens;
import imageferry.function.view.RegionViews;
import imageferry.function.view.Views;
import imageferry.instance.Instances;
import imageferry.instance.SystemDisks;
import imageferry.instance.UseImages;
import imageferry.modification.ModifyImage;
import imageferry.removal.Bin;
import imageferry.removal.DeleteImage;
import imageferry.removal.PurgeImages;
import imageferry.removal.RestoreImage;
import imageferry.removal.RestorePolicies;
import imageferry.secret.Secrets;
import imageferry.sharing.DescribeImages;
import imageferry.sharing.ShareImages;
import imageferry.usage.Budget;
import imageferry.usage.DescribeUsage;
import imageferry.usage.Usage;

/** Wires the functions that answer the API. */
public record ApiWiring(App app) {
    public Api api() {
        return new Api(new Callers(app.regions().operator(), app.configuration.access(), app.configuration.samLocal()));
    }

    public RequestImport requestImport() {
        return app.requesting().requestImport();
    }

    public RequestCopies requestCopies() {
        return app.requesting().requestCopies();
    }

    public RetryCopy retryCopy() {
        return app.requesting().retryCopy();
    }

    public CancelCopy cancelCopy() {
        return new CancelCopy(app.ledger(), app.visibleImages(), app.copies(), app.clock());
    }

    public DecideTicket decideTicket() {
        return new DecideTicket(app.ledger(), app.tickets(), app.copies(), app.clock());
    }

    public ModifyImage modifyImage() {
        return new ModifyImage(
                app.ledger(), app.images(), app.shares(), app.visibleImages(), app.copies(), app.clock());
    }

    public UseImages useImages() {
        return new UseImages(
                app.ledger(),
                app.images(),
                app.visibleImages(),
                new Instances(app.ledger()),
                app.requests(),
                app.regions(),
                app.clock(),
                app.ids);
    }

    public SystemDisks systemDisks() {
        return new SystemDisks(app.images(), app.visibleImages(), app.store(), SystemDisks.LONGEST, app.clock());
    }

    public DescribeImages describeImages() {
        return new DescribeImages(app.images(), app.shares(), app.visibleImages(), app.regions());
    }

    public DescribeCopies describeCopies() {
        return new DescribeCopies(app.copies(), app.groups(), app.tickets(), app.visibleImages());
    }

    public DescribeUsage describeUsage() {
        return new DescribeUsage(
                new Usage(app.ledger()),
                new Budget(app.ledger()),
                app.limits().bytesPerMonth(),
                App.required(app.configuration.prices(), "PRICE_PER_GIB_MOVED"),
                app.clock());
    }

    /** Seals the places in lists; the key is read once. */
    public NextTokens nextTokens() {
        return new NextTokens(new Lazy<>(() -> new Secrets(app.ledger(), app.random).of("lists"))::get);
    }

    public RegionViews regionViews() {
        return new RegionViews(
                app.regions(), app.ownership(), app.slots(), app.slotLimits().perRegion(), app.images(), app.limits());
    }

    public Views views() {
        var queues = new Queues(app.copies(), app.progress(), app.slots(), app.slotLimits(), app.clock());
        return new Views(
                app.images(),
                app.copies(),
                app.progress(),
                queues,
                app.regions().operator(),
                app.clock());
    }

    public DeleteImage deleteImage() {
        var days = App.required(app.configuration.recycleDays(), "RECYCLE_DAYS");
        var bin = new Bin(days, app.configuration.imagesPerRegion());
        return new DeleteImage(app.removals(), app.visibleImages(), app.copies(), bin, app.clock());
    }

    public PurgeImages purgeImages() {
        return app.purgeImages();
    }

    public RestoreImage restoreImage() {
        var policies =
                new RestorePolicies(app.images(), app.regions(), app.store(), app.configuration.imagesPerRegion());
        return new RestoreImage(app.removals(), app.visibleImages(), policies, app.requests(), app.clock());
    }

    public ShareImages shareImages() {
        return new ShareImages(
                app.ledger(),
                app.images(),
                app.shares(),
                app.visibleImages(),
                app.configuration.sharesPerImage(),
                app.clock());
    }
}
