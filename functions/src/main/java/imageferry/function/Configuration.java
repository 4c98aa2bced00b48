package imageferry.function;

import imageferry.account.AccountId;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.usage.Prices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the template tells every function, and what it tells only some.
 *
 * @param approvalAboveBytes a copy of more bytes needs a ticket
 * @param stateMachine an ARN; only functions that speak to executions have it
 * @param bus a name; only the function that publishes has it
 * @param prices only the function that tells usage has them
 */
public record Configuration(
        String table,
        Regions regions,
        long approvalAboveBytes,
        long slotsPerRegion,
        long imagesPerRegion,
        long copiesPerRegion,
        long sharesPerImage,
        int copyWorkers,
        boolean samLocal,
        @Nullable String stateMachine,
        @Nullable String bus,
        @Nullable Prices prices) {

    /** @throws IllegalStateException that names every variable that is missing or malformed, not just the first */
    public static Configuration from(Map<String, String> environment) {
        var reader = new Reader(environment);
        var table = reader.read("TABLE_NAME", "a table's name", name -> name);
        var operator = reader.read("OPERATOR_ACCOUNT", "an account id of 12 digits", AccountId::new);
        var regions = reader.read("REGIONS", "region names with commas between", Configuration::regions);
        var approval = reader.read("APPROVAL_ABOVE_BYTES", "a number of bytes", number(0));
        var slots = reader.read("SLOTS_PER_REGION", "a number, at least 1", number(1));
        var images = reader.read("IMAGES_PER_REGION", "a number, at least 1", number(1));
        var copies = reader.read("COPIES_PER_REGION", "a number, at least 1", number(1));
        var shares = reader.read("SHARES_PER_IMAGE", "a number, at least 1", number(1));
        var workers = reader.read("COPY_WORKERS", "a number, at least 1", number(1));
        var prices = prices(reader);
        reader.finish();
        return new Configuration(
                table.orElseThrow(),
                new Regions(operator.orElseThrow(), regions.orElseThrow()),
                approval.orElseThrow(),
                slots.orElseThrow(),
                images.orElseThrow(),
                copies.orElseThrow(),
                shares.orElseThrow(),
                Math.toIntExact(workers.orElseThrow()),
                "true".equals(environment.get("AWS_SAM_LOCAL")),
                environment.get("STATE_MACHINE_ARN"),
                environment.get("EVENT_BUS_NAME"),
                prices.orElse(null));
    }

    private static Optional<Prices> prices(Reader reader) {
        if (!reader.environment().containsKey("PRICE_PER_GIB_MOVED")) {
            return Optional.empty();
        }
        var moved = reader.read("PRICE_PER_GIB_MOVED", "a decimal number as 0.02", Prices::price);
        var month = reader.read("PRICE_PER_GIB_MONTH", "a decimal number as 0.02", Prices::price);
        return moved.flatMap(perGiBMoved -> month.map(perGiBMonth -> new Prices(perGiBMoved, perGiBMonth)));
    }

    private static List<Region> regions(String names) {
        return List.of(names.split(",")).stream()
                .map(String::strip)
                .map(Region::new)
                .distinct()
                .toList();
    }

    private static Function<String, Long> number(long least) {
        return text -> {
            var number = Long.parseLong(text);
            if (number < least) {
                throw new IllegalArgumentException("less than " + least);
            }
            return number;
        };
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

        void finish() {
            if (!faults.isEmpty()) {
                throw new IllegalStateException("The function's environment is wrong: " + String.join("; ", faults));
            }
        }
    }
}
