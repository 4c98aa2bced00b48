package imageferry.local.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The lines of the functions' logs that contain a secret. */
final class LoggedSecrets {
    private static final Pattern SIGNED =
            Pattern.compile("(?i)X-Amz-(Signature|Credential|Security-Token)|AWS4-HMAC-SHA256|\"?authorization\"?[:=]");

    private static final Pattern LONG_WORD = Pattern.compile("[A-Za-z0-9_-]{60,}");

    private LoggedSecrets() {}

    /**
     * Every line with a signature, a task token, or one of these secrets.
     *
     * @param data the data folder of a local cloud
     */
    static List<String> in(Path data, Collection<String> secrets) throws IOException {
        var spilled = new ArrayList<String>();
        try (var logs = Files.list(data.resolve("logs"))) {
            for (var log : logs.toList()) {
                try (var lines = Files.lines(log)) {
                    lines.filter(line -> isSpilled(line, secrets))
                            .map(line -> log.getFileName() + ": " + line)
                            .forEach(spilled::add);
                }
            }
        }
        return spilled;
    }

    static boolean isSpilled(String line, Collection<String> secrets) {
        return SIGNED.matcher(line).find()
                || secrets.stream().anyMatch(line::contains)
                || LONG_WORD.matcher(line).results().map(MatchResult::group).anyMatch(LoggedSecrets::isTaskToken);
    }

    /** Local mode's tokens end in 24 random bytes. */
    static boolean isTaskToken(String word) {
        try {
            return new String(Base64.getUrlDecoder().decode(word), StandardCharsets.ISO_8859_1)
                    .matches("(?s).+/[0-9a-f]{48}");
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }
}
