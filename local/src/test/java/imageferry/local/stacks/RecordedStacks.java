package imageferry.local.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.lint.Tool;
import imageferry.local.lint.Tool.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code ./stacks} with recording scripts in place of the programs that it calls. */
final class RecordedStacks {
    private final Path folder;

    RecordedStacks(Path folder) throws IOException {
        this.folder = folder;
        program("sam", """
                case $* in *"remote invoke"*) cat "$(dirname "$0")/answer" ;; esac
                """);
        program("aws", """
                here=$(dirname "$0") all="$*"
                case $* in
                  *get-parameter*) region=${all#*--region }; cat "$here/home-${region%% *}" 2>/dev/null || { echo ParameterNotFound >&2; exit 254; } ;;
                  *"'AllowedAccounts'"*) cat "$here/accounts" ;;
                  *"'AllowedOrganization'"*) cat "$here/organization" ;;
                  *"'Regions'"*) [ ! -f "$here/gone" ] || { cat "$here/error" >&2; exit 254; }; echo us-east-1,eu-west-1,ap-southeast-2 ;;
                  *StackStatus*) cat "$here/state" 2>/dev/null || { cat "$here/error" >&2; exit 254; } ;;
                  *"get-account "*) cat "$here/role" ;;
                  *get-role*) [ ! -f "$here/role-is-deleted" ] || { echo NoSuchEntity >&2; exit 254; } ;;
                  *DeletionProtectionEnabled*) cat "$here/protection" ;;
                  *"'BucketNamespace'"*) cat "$here/namespace" ;;
                  *"'RestoredTable'"*) cat "$here/restored" ;;
                  *list-tables*) cat "$here/tables" ;;
                  *LatestStreamLabel*) cat "$here/stream"; echo 2026-11-30T12:10:00.000 > "$here/stream" ;;
                  *TableArn*) echo arn:the-table ;;
                  *describe-table*imageferry-restored-*) cat "$here/restored-exists" ;;
                  *update-item*) cat "$here/item-error" >&2 2>/dev/null || exit 0; exit 254 ;;
                  *get-account-settings*) cat "$here/concurrency" ;;
                  *"'CopyConcurrency'"*) cat "$here/reserved" ;;
                  *get-caller-identity*) echo 111111111111 ;;
                  *list-buckets*) cat "$here/buckets" ;;
                  *describe-stack-resource*UndeliveredEvents*) echo the-bucket ;;
                  *describe-stack-resource*UndeliveredChanges*) echo the-queue ;;
                  *list-objects*the-bucket*) cat "$here/keys" ;;
                  *"s3 cp"*) cp "$here/record" "${!#}" ;;
                  *"lambda invoke"*) cp "$here/function-answer" "${!#}"; cat "$here/function-error" ;;
                  *receive-message*) head -n 1 "$here/messages"; sed -i 1d "$here/messages" ;;
                  *head-object*kept*) ;;
                  *head-object*) exit 254 ;;
                  *list-objects*) cat "$here/gone" ;;
                  *mars-1*) exit 254 ;;
                  *describe-key*us-west-2*) echo NotFoundException >&2; exit 254 ;;
                  *describe-key*) echo the-key ;;
                  *update-termination-protection*us-west-2*) echo "Stack [imageferry-region] does not exist" >&2; exit 254 ;;
                  *delete-bucket*us-west-2*) echo NoSuchBucket >&2; exit 254 ;;
                  *delete-bucket*eu-north-1*) echo BucketNotEmpty >&2; exit 254 ;;
                esac
                """);
        theGuardSays("{\"Status\":\"SUCCESS\",\"PhysicalResourceId\":\"imageferry-regions\"}");
        put("error", "(ValidationError): Stack with id imageferry does not exist");
        put("accounts", "222222222222\n");
        put("organization", "o-a1b2c3d4e5\n");
        put("role", "None");
        put("protection", "False");
        put("buckets", "imageferry-111111111111-us-east-1\timageferry-111111111111-us-west-2\n");
        put("namespace", "");
        put("restored", "None\n");
        put("tables", "");
        put("stream", "None\n");
        concurrencyIs(1000, 1000, 0);
    }

    private void program(String name, String does) throws IOException {
        var file = Files.writeString(
                folder.resolve(name), "#!/bin/bash\necho \"" + name + " $*\" >> " + folder + "/notes\n" + does);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** Writes an answer of a program: its error, the state of a stack, the account's role for logs, the table's protection. */
    void put(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    void concurrencyIs(int limit, int unreserved, int reservedByUs) throws IOException {
        put("concurrency", limit + "\t" + unreserved + "\n");
        put("reserved", reservedByUs + "\n");
    }

    void theGuardSays(String answer) throws IOException {
        put("answer", answer);
    }

    Run run(String... arguments) {
        return runAs("imageferry", arguments);
    }

    Run runAs(String installation, String... arguments) {
        var command = Stream.of(
                "env",
                "-u",
                "AWS_REGION",
                "IMAGEFERRY_INSTALLATION=" + installation,
                "PATH=" + folder + ":" + System.getenv("PATH"),
                Tool.HOME.resolve("stacks").toAbsolutePath().toString());
        return Tool.run(folder, Stream.concat(command, Stream.of(arguments)).toList());
    }

    List<String> notes() throws IOException {
        return Files.readAllLines(folder.resolve("notes"));
    }

    List<String> deployments() throws IOException {
        return notes().stream().filter(note -> note.startsWith("sam deploy")).toList();
    }

    /** The commands that change anything. */
    List<String> changes() throws IOException {
        return notes().stream()
                .filter(note -> !note.matches("aws \\S+ (describe|get|list|wait)\\b.*"))
                .toList();
    }

    /** @param no {@code no-} when the protection is switched off */
    static String protection(String no, String region, String stack) {
        return "aws cloudformation update-termination-protection --region " + region + " --stack-name " + stack + " --"
                + no + "enable-termination-protection";
    }
}
