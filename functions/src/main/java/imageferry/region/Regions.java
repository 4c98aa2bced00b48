package imageferry.region;

import imageferry.account.AccountId;
import imageferry.rule.Code;
import imageferry.rule.Violation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The regions that the stack serves.
 *
 * @param installation the name from which every fixed name is made, 3 to 20 characters
 * @param operator the account that owns the stack and its buckets
 * @param enabled in the configured order; the first is the home region
 * @param accountRegional the regions whose bucket is in the account's own namespace of S3, where nobody else can take its name
 */
public record Regions(String installation, AccountId operator, List<Region> enabled, Set<Region> accountRegional) {
    /** @throws IllegalArgumentException when no region is enabled */
    public Regions {
        enabled = List.copyOf(enabled);
        accountRegional = Set.copyOf(accountRegional);
        if (enabled.isEmpty()) {
            throw new IllegalArgumentException("No region is enabled; name at least the home region");
        }
    }

    /** The regions of a stack with plain names of buckets. */
    public Regions(String installation, AccountId operator, List<Region> enabled) {
        this(installation, operator, enabled, Set.of());
    }

    public Region home() {
        return enabled.getFirst();
    }

    /** The enabled region of that name. */
    public Optional<Region> find(String name) {
        return enabled.stream().filter(region -> region.name().equals(name)).findFirst();
    }

    /** The violation when no enabled region has that name. */
    public Optional<Violation> requiresEnabled(String name) {
        return Violation.when(find(name).isEmpty(), Code.INVALID_REGION, "region", name, notEnabled(name));
    }

    private String notEnabled(String name) {
        return "Region " + name + " is not enabled; choose one of "
                + enabled.stream().map(Region::name).collect(Collectors.joining(", "));
    }

    /** The bucket that holds the region's snapshots and uploads; the name is fixed so that policies can name it. S3 prescribes the suffix. */
    public String bucket(Region region) {
        var suffix = accountRegional.contains(region) ? "-an" : "";
        return installation + "-" + operator + "-" + region + suffix;
    }

    /** Returns the key prefix for an account's disks to import, in every region's bucket; ends with a slash. */
    public static String importPrefix(AccountId account) {
        return "imports/" + account + "/";
    }
}
