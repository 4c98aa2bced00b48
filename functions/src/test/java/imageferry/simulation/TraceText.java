package imageferry.simulation;

import imageferry.ledger.Change;
import imageferry.ledger.Commit;
import imageferry.ledger.Item;
import imageferry.ledger.Page;
import imageferry.ledger.Write;
import imageferry.snapshot.Part;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Requests and answers in few words, for a trace. */
final class TraceText {
    private static final Set<String> TELLING = Set.of(
            "status",
            "state",
            "copyingTo",
            "holders",
            "wake",
            "uploadId",
            "reason",
            "resumableUntil",
            "continuedBy",
            "unfinished",
            "count",
            "running",
            "bytes",
            "bytesCharged",
            "bytesCounted",
            "shareCount",
            "instanceCount",
            "checksum",
            "answer");

    private TraceText() {}

    static String of(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.map(TraceText::of).orElse("nothing");
            case Item item -> of(item.attributes());
            case Page page -> of(page.items());
            case Write.Put put -> "put " + put.key() + of(put.item());
            case Write.Update update -> "update " + update.key() + of(update.changes());
            case Write.Delete delete -> "delete " + delete.key();
            case Write.Check check -> "check " + check.key();
            case Change change -> change(change);
            case Commit.Done done -> "done";
            case Commit.Refused refused ->
                "refused "
                        + refused.refusals().stream()
                                .map(refusal ->
                                        refusal.write().key() + " as " + of(Optional.ofNullable(refusal.current())))
                                .toList();
            case Part part -> "part " + part.number();
            case byte[] bytes -> bytes.length + " bytes";
            case Collection<?> many -> many.stream().map(TraceText::of).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .filter(entry -> TELLING.contains(entry.getKey()))
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .sorted()
                        .collect(Collectors.joining(" ", "{", "}"));
            default -> value.toString();
        };
    }

    private static String change(Change change) {
        return switch (change) {
            case Change.Put(var attribute, var value) -> attribute + "=" + value;
            case Change.PutIfAbsent(var attribute, var value) -> attribute + "?=" + value;
            case Change.Remove(var attribute) -> "no " + attribute;
            case Change.Add(var attribute, var amount) -> attribute + "+=" + amount;
            case Change.Include(var attribute, var members) -> attribute + "+" + members;
            case Change.Exclude(var attribute, var member) -> attribute + "-" + member;
            case Change.PutEntry(var attribute, var key, var value) -> attribute + "." + key + "=" + value;
            case Change.RemoveEntry(var attribute, var key) -> attribute + " without " + key;
        };
    }
}
