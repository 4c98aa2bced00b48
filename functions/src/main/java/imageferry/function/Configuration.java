package imageferry.function;

import imageferry.account.Access;
import imageferry.account.AccountId;
import imageferry.copying.queue.SlotLimits;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.usage.Prices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The configuration that the template gives all functions, and the parts that only some receive.
 *
 * @param approvalAboveBytes a copy of more bytes needs a ticket
 * @param bytesPerMonth a request beyond these bytes of an account's month needs a ticket; 0 for no limit
 * @param sweepDeletes false for a sweeper that must delete nothing; only the sweeper has it
 * @param recycleDays the time that a deleted image stays in the bin, in days; only the function that deletes has it
 * @param stateMachine an ARN; only functions that call executions have it
 * @param bus a name; only the function that publishes has it
 * @param prices only the function that reports usage has them
 */
public record Configuration(
        String table,
        Regions regions,
        Access access,
        long approvalAboveBytes,
        long bytesPerMonth,
        SlotLimits slotLimits,
        long imagesPerRegion,
        long copiesPerRegion,
        long sharesPerImage,
        int copyWorkers,
        boolean samLocal,
        @Nullable Boolean sweepDeletes,
        @Nullable Integer recycleDays,
        @Nullable String stateMachine,
        @Nullable String bus,
        @Nullable Prices prices) {
    private static final long MOST = 999_999_999;
    private static final long MOST_BYTES = 999_999_999_999_999_999L;
    /** The pattern of the template's parameter: S3 and SSM reserve beginnings, region stacks an end. */
    private static final Pattern INSTALLATION =
            Pattern.compile("(?!aws|ssm|xn--|sthree-|amzn-s3-demo|.*-region$)[a-z][a-z0-9-]{1,18}[a-z0-9]");
    /** The maximum number of accounts in {@code shareWith}, from the contract. */
    private static final long MOST_SHARES = 50;

    private static final long MOST_DAYS = 365;
    /** Step Functions runs no more of an inline Map at once. */
    private static final long MOST_WORKERS = 40;

    /** @throws IllegalStateException that names every variable that is missing or malformed, not just the first */
    public static Configuration from(Map<String, String> environment) {
        var reader = new Reader(environment);
        var table = reader.read("TABLE_NAME", "a table's name", name -> name);
        var installation = reader.read(
                "INSTALLATION", "3 to 20 of a-z, 0-9 and -, as template.yaml takes them", Configuration::installation);
        var operator = reader.read("OPERATOR_ACCOUNT", "an account id of 12 digits", AccountId::new);
        var regions = reader.read("REGIONS", "region names with commas between", Configuration::regions);
        var accountRegional = reader.read(
                "ACCOUNT_REGIONAL_BUCKETS", "region names with commas between, or none", Configuration::regionsOrNone);
        var access = access(reader);
        var approval = reader.number("APPROVAL_ABOVE_BYTES", 0, MOST_BYTES);
        var month = reader.number("BYTES_PER_MONTH", 0, MOST_BYTES);
        var slots = slots(reader);
        var images = reader.number("IMAGES_PER_REGION", 1, MOST);
        var copies = reader.number("COPIES_PER_REGION", 1, MOST);
        var shares = reader.number("SHARES_PER_IMAGE", 1, MOST_SHARES);
        var workers = reader.number("COPY_WORKERS", 1, MOST_WORKERS);
        var recycleDays = recycleDays(reader);
        var prices = prices(reader);
        regions.ifPresent(reader::requireHome);
        reader.finish();
        return new Configuration(
                table.orElseThrow(),
                new Regions(
                        installation.orElseThrow(),
                        operator.orElseThrow(),
                        regions.orElseThrow(),
                        Set.copyOf(accountRegional.orElseThrow())),
                access.orElseThrow(),
                approval.orElseThrow(),
                month.orElseThrow(),
                slots.orElseThrow(),
                images.orElseThrow(),
                copies.orElseThrow(),
                shares.orElseThrow(),
                Math.toIntExact(workers.orElseThrow()),
                "true".equals(environment.get("AWS_SAM_LOCAL")),
                sweepDeletes(environment),
                recycleDays.map(Math::toIntExact).orElse(null),
                environment.get("STATE_MACHINE_ARN"),
                environment.get("EVENT_BUS_NAME"),
                prices.orElse(null));
    }

    private static @Nullable Boolean sweepDeletes(Map<String, String> environment) {
        var text = environment.get("SWEEP_DELETES");
        return text == null ? null : !text.equals("false");
    }

    private static Optional<Long> recycleDays(Reader reader) {
        return reader.environment().containsKey("RECYCLE_DAYS")
                ? reader.number("RECYCLE_DAYS", 0, MOST_DAYS)
                : Optional.empty();
    }

    private static Optional<Access> access(Reader reader) {
        var allowed = reader.read(
                "ALLOWED_CALLERS", "ids of accounts and organizations with commas between", Access::allowed);
        var approvers = reader.read(
                "APPROVER_ARNS", "ARNs of users, roles or their sessions with commas between", Access::approvers);
        return allowed.flatMap(ids -> approvers.map(arns -> new Access(ids, arns)));
    }

    /** An account may have all slots of a region where no lower cap is set. */
    private static Optional<SlotLimits> slots(Reader reader) {
        var perRegion = reader.number("SLOTS_PER_REGION", 1, MOST);
        var perAccount = reader.number("SLOTS_PER_ACCOUNT", 0, MOST);
        return perRegion.flatMap(
                all -> perAccount.map(own -> own == 0 ? SlotLimits.of(all) : new SlotLimits(all, own)));
    }

    private static Optional<Prices> prices(Reader reader) {
        if (!reader.environment().containsKey("PRICE_PER_GIB_MOVED")) {
            return Optional.empty();
        }
        var moved = reader.read("PRICE_PER_GIB_MOVED", "a decimal number such as 0.02", Prices::price);
        var month = reader.read("PRICE_PER_GIB_MONTH", "a decimal number such as 0.02", Prices::price);
        return moved.flatMap(perGiBMoved -> month.map(perGiBMonth -> new Prices(perGiBMoved, perGiBMonth)));
    }

    private static String installation(String name) {
        if (!INSTALLATION.matcher(name).matches()) {
            throw new IllegalArgumentException("no name for buckets and parameters");
        }
        return name;
    }

    /** A variable cannot be empty. */
    private static List<Region> regionsOrNone(String names) {
        return names.equals("none") ? List.of() : regions(names);
    }

    private static List<Region> regions(String names) {
        return List.of(names.split(",")).stream()
                .map(String::strip)
                .map(Region::new)
                .distinct()
                .toList();
    }

    private record Reader(Map<String, String> environment, List<String> faults) {
        Reader(Map<String, String> environment) {
            this(environment, new ArrayList<>());
        }

        <T> Optional<T> read(String name, String expected, Function<String, T> parse) {
            var text = environment.get(name);
            if (text == null || text.isBlank()) {
                faults.add(name + " is missing; expected " + expected);
                return Optional.empty();
            }
            try {
                return Optional.of(parse.apply(text));
            } catch (IllegalArgumentException e) {
                faults.add(name + " is \"" + text + "\"; expected " + expected);
                return Optional.empty();
            }
        }

        /** Digits alone, as the template's patterns have it: Java would also take a sign and other scripts' digits. */
        Optional<Long> number(String name, long least, long most) {
            return read(name, "a whole number from " + least + " to " + most + ", in digits only", text -> {
                if (!text.matches("0|[1-9][0-9]{0,17}")) {
                    throw new IllegalArgumentException("not in digits");
                }
                var number = Long.parseLong(text);
                if (number < least || number > most) {
                    throw new IllegalArgumentException("out of range");
                }
                return number;
            });
        }

        /** A second home would delete what the first one stores. Lambda sets the region; sam local only guesses it. */
        void requireHome(List<Region> regions) {
            var here = environment.get("AWS_REGION");
            var home = regions.getFirst().name();
            if (here != null && !here.equals(home) && !"true".equals(environment.get("AWS_SAM_LOCAL"))) {
                faults.add(
                        "REGIONS begins with %s, but this function runs in %s; deploy the home stack in the first region"
                                .formatted(home, here));
            }
        }

        void finish() {
            if (!faults.isEmpty()) {
                throw new IllegalStateException("The function's environment is wrong: " + String.join("; ", faults));
            }
        }
    }
}
