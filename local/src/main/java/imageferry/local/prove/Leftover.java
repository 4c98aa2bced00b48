package imageferry.local.prove;

import java.util.ArrayList;
import java.util.List;

/**
 * A kind of resource that a run creates, and the commands of the AWS CLI that find and delete it.
 *
 * @param kind as the report names it
 * @param find prints the names of existing resources, separated by white space
 * @param delete in this order, for each printed name, which takes the place of {@link #NAME}
 */
record Leftover(String kind, List<String> find, List<List<String>> delete) {
    static final String NAME = "{}";

    /** Returns all kinds, in the order in which they are deleted. */
    static List<Leftover> of(Settings settings, String account) {
        var name = settings.installation();
        var home = settings.home();
        var all = new ArrayList<Leftover>();
        all.add(stack(home, name));
        for (var region : settings.regions()) {
            all.add(stack(region, name + "-region"));
            all.add(bucket(region, name + "-" + account + "-" + region));
            all.add(key(region, "alias/" + name));
        }
        all.add(undelivered(home, name));
        all.add(table(home, name));
        all.add(logs(home, "/" + name + "/"));
        all.add(logs(home, "/aws/vendedlogs/states/" + name));
        all.add(role(home, name + RoleWithoutRights.SUFFIX));
        return all;
    }

    private static Leftover stack(String region, String name) {
        return new Leftover(
                "stack " + name + " in " + region,
                aws(region, "cloudformation describe-stacks --stack-name " + name + " --query Stacks[].StackName"),
                List.of(
                        aws(
                                region,
                                "cloudformation update-termination-protection --no-enable-termination-protection"
                                        + " --stack-name " + name),
                        aws(region, "cloudformation delete-stack --stack-name " + name),
                        aws(region, "cloudformation wait stack-delete-complete --stack-name " + name),
                        // Only where the deletion failed: the guard refuses while it finds images, and cannot always
                        // look.
                        aws(
                                region,
                                "cloudformation delete-stack --deletion-mode FORCE_DELETE_STACK --stack-name " + name),
                        aws(region, "cloudformation wait stack-delete-complete --stack-name " + name)));
    }

    /** Its name has an end of its own in the account's namespace of S3. */
    private static Leftover bucket(String region, String name) {
        return new Leftover(
                "bucket " + name,
                aws(region, "s3api list-buckets --query Buckets[?Name=='" + name + "'||Name=='" + name + "-an'].Name"),
                List.of(aws(region, "s3 rb --force s3://" + NAME)));
    }

    /** A deletion of the stack by force leaves it, unless it is empty. CloudFormation ends its name. */
    private static Leftover undelivered(String region, String name) {
        return new Leftover(
                "bucket of undelivered events of " + name,
                aws(region, "s3api list-buckets --query Buckets[?starts_with(Name,'" + name + "-undelivered')].Name"),
                List.of(aws(region, "s3 rb --force s3://" + NAME)));
    }

    private static Leftover key(String region, String alias) {
        return new Leftover(
                "key " + alias + " in " + region,
                aws(region, "kms list-aliases --query Aliases[?AliasName=='" + alias + "'].TargetKeyId"),
                List.of(
                        aws(region, "kms schedule-key-deletion --pending-window-in-days 30 --key-id " + NAME),
                        aws(region, "kms delete-alias --alias-name " + alias)));
    }

    private static Leftover table(String region, String name) {
        return new Leftover(
                "table " + name + " in " + region,
                aws(region, "dynamodb list-tables --query TableNames[?@=='" + name + "']"),
                List.of(
                        aws(region, "dynamodb update-table --no-deletion-protection-enabled --table-name " + NAME),
                        aws(region, "dynamodb wait table-exists --table-name " + NAME),
                        aws(region, "dynamodb delete-table --table-name " + NAME),
                        aws(region, "dynamodb wait table-not-exists --table-name " + NAME)));
    }

    private static Leftover logs(String region, String prefix) {
        return new Leftover(
                "log groups " + prefix + " in " + region,
                aws(
                        region,
                        "logs describe-log-groups --query logGroups[].logGroupName --log-group-name-prefix " + prefix),
                List.of(aws(region, "logs delete-log-group --log-group-name " + NAME)));
    }

    /** IAM is global, but the CLI needs a region. */
    private static Leftover role(String region, String name) {
        return new Leftover(
                "role " + name,
                aws(region, "iam list-roles --query Roles[?RoleName=='" + name + "'].RoleName"),
                List.of(aws(region, "iam delete-role --role-name " + NAME)));
    }

    /** Returns a command that prints text. Its words have no spaces. */
    static List<String> aws(String region, String words) {
        var command = new ArrayList<>(List.of("aws"));
        command.addAll(List.of(words.split(" ", -1)));
        command.addAll(List.of("--region", region, "--output", "text"));
        return command;
    }
}
