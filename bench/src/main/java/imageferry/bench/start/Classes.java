package imageferry.bench.start;

import imageferry.rule.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which classes a function loads until its second answer, by whose they are. */
final class Classes {
    private static final Pattern LOADED = Pattern.compile("^\\[.*?] (\\S+) source: (.*)$");
    private static final List<Map.Entry<String, String>> WHOSE = List.of(
            Map.entry("software.amazon.awssdk.services.s3", "S3"),
            Map.entry("software.amazon.awssdk.services.dynamodb", "DynamoDB"),
            Map.entry("software.amazon.awssdk", "SDK's core"),
            Map.entry("org.apache.hc", "Apache HTTP"),
            Map.entry("com.fasterxml.jackson", "Jackson"),
            Map.entry("org.yaml", "YAML"),
            Map.entry("com.networknt", "JSON Schema"),
            Map.entry("imageferry", "ours"),
            Map.entry("com.amazonaws.services.lambda", "Lambda's client"));

    private Classes() {}

    /** How many, and whose. */
    static String told(List<String> loaded) {
        var groups = loaded.stream().collect(Collectors.groupingBy(Classes::whose, Collectors.counting()));
        return Count.of(loaded.size(), "class", "classes") + ": "
                + groups.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(group -> group.getKey() + " " + Count.of(group.getValue()))
                        .collect(Collectors.joining(", "));
    }

    /** Their names, in the order of loading; those that the JVM makes up for lambdas are among the JDK's and ours. */
    static List<String> loaded(Sandbox sandbox, Handler handler) throws IOException, InterruptedException {
        var log = Files.createTempFile("imageferry-classes", ".log");
        try {
            var options = new ArrayList<>(Jvm.LAMBDA);
            options.add("-Xlog:class+load:file=" + log);
            sandbox.start(handler, options);
            var names = new ArrayList<String>();
            for (var line : Files.readAllLines(log)) {
                var match = LOADED.matcher(line);
                if (match.matches()) {
                    names.add(match.group(1));
                }
            }
            return names;
        } finally {
            Files.delete(log);
        }
    }

    private static String whose(String name) {
        return WHOSE.stream()
                .filter(group -> name.startsWith(group.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("the JDK and others");
    }
}
