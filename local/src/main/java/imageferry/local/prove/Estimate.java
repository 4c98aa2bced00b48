package imageferry.local.prove;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * An upper estimate of the AWS bill of a run, at the list prices of us-east-1 in docs/cost.md, without any free tier. Charges
 * per month are counted for one day.
 *
 * @param bytes the size of the disk
 * @param regions enabled ones
 */
record Estimate(long bytes, int regions) {
    /** Prices in dollars. Those of docs/cost.md; a test compares them. */
    static final double TRANSFER = 0.02;

    static final double KEY = 1;
    static final double ALARM = 0.10;
    static final double DASHBOARD = 3;
    static final double STORAGE = 0.023;

    /** Alarms of three regions; two have one less. */
    static final int ALARMS = 46;

    /** Transfer from a region to the internet, one GB: the first price of S3's list, which docs/deploy.md repeats. */
    static final double DOWNLOAD = 0.09;

    /** Lambda, Step Functions, DynamoDB, requests, logs and traces: a copy of 500 GiB costs $0.20, and this run has small ones. */
    private static final double REST = 0.20;

    private static final double GIB = 1L << 30;
    private static final double DAYS = 30;

    /** The copy, the cancelled copy and the one whose workers are throttled. */
    private static final int COPIES = 3;

    /** The image and its copy. */
    private static final int DOWNLOADS = 2;

    /** One charge. */
    record Charge(String what, double dollars) {}

    List<Charge> charges() {
        var gib = bytes / GIB;
        return List.of(
                new Charge(
                        "transfer to another region, " + COPIES + " copies at $0.02 per GiB", COPIES * gib * TRANSFER),
                new Charge(
                        "transfer to this machine, " + DOWNLOADS + " downloads at $0.09 per GiB",
                        DOWNLOADS * gib * DOWNLOAD),
                new Charge("storage, one day", (COPIES + 2) * gib * STORAGE / DAYS),
                new Charge("keys and alarms, one day", (regions * KEY + ALARMS * ALARM) / DAYS),
                new Charge("dashboard, a whole month unless the account's free ones are not used up", DASHBOARD),
                new Charge("functions, workflows, table, requests, logs", REST));
    }

    double dollars() {
        return charges().stream().mapToDouble(Charge::dollars).sum();
    }

    /** Returns one line for each charge, and the sum. */
    List<String> lines() {
        return Stream.concat(
                        charges().stream().map(charge -> amount(charge.dollars()) + "  " + charge.what()),
                        Stream.of(amount(dollars())
                                + "  together, at most, at the list prices of us-east-1 without free tier. Transfer out of some"
                                + " other regions costs several times as much."))
                .toList();
    }

    private static String amount(double dollars) {
        return String.format(Locale.ROOT, "$%.2f", dollars);
    }
}
