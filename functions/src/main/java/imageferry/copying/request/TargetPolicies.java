package imageferry.copying.request;

import imageferry.account.AccountId;
import imageferry.copying.Limits;
import imageferry.image.Image;
import imageferry.image.ImageName;
import imageferry.image.Images;
import imageferry.image.Quota;
import imageferry.ledger.Commit;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.rule.Code;
import imageferry.rule.Count;
import imageferry.rule.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Rules 2, 3 and 9: the requirements for the targets of a copy request. Names and quotas are read only to report them
 * beside other violations: the transaction decides whether there is room, as other requests change it at the same time.
 */
record TargetPolicies(Images images, Regions regions, Limits limits) {
    /** Returns whether the targets keep all rules that do not depend on other requests. */
    boolean areWellAsked(Image source, List<TargetRequest> targets) {
        return violations(source, targets, target -> Stream.empty()).isEmpty();
    }

    /**
     * Returns every violation of every target, each named {@code targets[i]}, including names and quotas as they are
     * now.
     */
    List<Violation> violations(Image source, List<TargetRequest> targets) {
        return violations(
                source,
                targets,
                target -> regions.find(target.region()).stream()
                        .flatMap(region -> violations(source.owner(), region, nameOf(source, target)).stream()));
    }

    private List<Violation> violations(
            Image source, List<TargetRequest> targets, Function<TargetRequest, Stream<Violation>> reserved) {
        var violations = new ArrayList<Violation>();
        var seen = new HashSet<String>();
        for (var i = 0; i < targets.size(); i++) {
            var target = targets.get(i);
            var where = "targets[" + i + "]";
            var asked = Stream.of(
                            regions.requiresEnabled(target.region()),
                            requiresOtherRegion(source, target),
                            requiresOneTarget(target, seen.add(target.region())),
                            requiresShareQuota(target),
                            requiresOtherAccounts(source, target))
                    .flatMap(Optional::stream);
            Stream.concat(asked, reserved.apply(target))
                    .map(violation -> violation.within(where))
                    .forEach(violations::add);
        }
        return violations;
    }

    Optional<Violation> requiresEnabled(Region region) {
        return regions.requiresEnabled(region.name());
    }

    /** The region of a target that is enabled. */
    Region region(TargetRequest target) {
        return regions.find(target.region()).orElseThrow();
    }

    private static Optional<Violation> requiresOtherRegion(Image source, TargetRequest target) {
        return Violation.when(
                target.region().equals(source.region().name()),
                Code.INCORRECT_DESTINATION_REGION,
                "region",
                target.region(),
                "Image " + source.id() + " is already in " + target.region() + "; choose another region");
    }

    private static Optional<Violation> requiresOneTarget(TargetRequest target, boolean first) {
        return Violation.when(
                !first,
                Code.INVALID_PARAMETER,
                "region",
                target.region(),
                "Region " + target.region() + " is named more than once; name each target region once");
    }

    /** The violations of one more image of that owner, region and name. */
    List<Violation> violations(AccountId owner, Region region, ImageName name) {
        return Stream.concat(requiresFreeName(owner, region, name).stream(), requiresRoom(owner, region))
                .toList();
    }

    private Optional<Violation> requiresFreeName(AccountId owner, Region region, ImageName name) {
        return images.taken(owner, region, name) ? Optional.of(Images.duplicate(name, region)) : Optional.empty();
    }

    private Stream<Violation> requiresRoom(AccountId owner, Region region) {
        return full(images.quota(owner, region), owner, region);
    }

    /** The quotas that one more copy into the region, and its image, would exceed. */
    private Stream<Violation> full(Quota used, AccountId owner, Region region) {
        var violations = Stream.<Violation>builder();
        used.requiresRoom(owner, region, limits.imagesPerRegion()).ifPresent(violations::add);
        if (used.runningCopies() >= limits.copiesPerRegion()) {
            violations.add(
                    Violation.of(
                            Code.COPY_QUOTA,
                            "region",
                            region,
                            owner + " runs " + used.runningCopies() + " of the "
                                    + Count.of(limits.copiesPerRegion(), "copy", "copies") + " to " + region
                                    + " that it may run at once; wait until one ends, cancel one, or ask the operator for more"));
        }
        return violations.build();
    }

    private Optional<Violation> requiresShareQuota(TargetRequest target) {
        return Violation.when(
                target.shareWith().size() > limits.sharesPerImage(),
                Code.SHARE_QUOTA,
                "shareWith",
                Integer.toString(target.shareWith().size()),
                "An image can be shared with " + Count.of(limits.sharesPerImage(), "account") + ", not "
                        + target.shareWith().size() + "; name fewer");
    }

    private static Optional<Violation> requiresOtherAccounts(Image source, TargetRequest target) {
        return Violation.when(
                target.shareWith().contains(source.owner().value()),
                Code.SHARE_WITH_ONESELF,
                "shareWith",
                source.owner().value(),
                source.owner() + " will own the copy and needs no share; leave it out");
    }

    /**
     * The violations behind a refused transaction for one target: its name, or the last place in a quota, was taken in
     * between.
     */
    Stream<Violation> violations(Commit.Refused refused, Enrolment enrolment) {
        var image = enrolment.image();
        return Stream.concat(
                refused.of(enrolment.name())
                        ? Stream.of(Images.duplicate(image.name(), image.region()))
                        : Stream.empty(),
                refused.current(enrolment.quota())
                        .map(Quota::of)
                        .map(used -> full(used, image.owner(), image.region()))
                        .orElse(Stream.empty()));
    }

    static ImageName nameOf(Image source, TargetRequest target) {
        return target.name() == null ? source.name() : new ImageName(target.name());
    }
}
