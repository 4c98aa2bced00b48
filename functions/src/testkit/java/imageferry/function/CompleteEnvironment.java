package imageferry.function;

import java.util.Map;

/** The environment of a function with each variable that any function reads. */
final class CompleteEnvironment {
    static final Map<String, String> VARIABLES = Map.ofEntries(
            Map.entry("TABLE_NAME", "Imageferry"),
            Map.entry("INSTALLATION", "imageferry"),
            Map.entry("REGIONS", "us-east-1, eu-west-1"),
            Map.entry("ACCOUNT_REGIONAL_BUCKETS", "none"),
            Map.entry("OPERATOR_ACCOUNT", "111111111111"),
            Map.entry("ALLOWED_CALLERS", "*"),
            Map.entry("APPROVER_ARNS", "*"),
            Map.entry("APPROVAL_ABOVE_BYTES", "536870912000"),
            Map.entry("BYTES_PER_MONTH", "0"),
            Map.entry("SLOTS_PER_REGION", "5"),
            Map.entry("SLOTS_PER_ACCOUNT", "0"),
            Map.entry("IMAGES_PER_REGION", "100"),
            Map.entry("COPIES_PER_REGION", "100"),
            Map.entry("SHARES_PER_IMAGE", "50"),
            Map.entry("COPY_WORKERS", "40"),
            Map.entry("SWEEP_DELETES", "true"),
            Map.entry("RECYCLE_DAYS", "0"),
            Map.entry("PRICE_PER_GIB_MOVED", "0.02"),
            Map.entry("PRICE_PER_GIB_MONTH", "0"));

    private CompleteEnvironment() {}
}
