package imageferry.copying;

import imageferry.id.CopyId;
import imageferry.image.Image;
import java.util.Comparator;
import java.util.stream.Collectors;

/** Names the copies that run from an image, for the sentence of a refusal that they cause. */
public record RunningCopies(Copies copies) {
    /** A sentence with more copies is hard to read. */
    private static final int MOST_LISTED = 20;

    /** Each copy with the call that cancels it. */
    public String inWords(Image source) {
        var ids = source.uses().copyingTo().stream()
                .sorted(Comparator.comparing(CopyId::value))
                .toList();
        var listed = copies.find(ids.stream().limit(MOST_LISTED).toList()).stream()
                .map(RunningCopies::inWords)
                .collect(Collectors.joining(", "));
        return ids.size() > MOST_LISTED ? listed + " and " + (ids.size() - MOST_LISTED) + " more" : listed;
    }

    private static String inWords(Copy copy) {
        return copy.id() + " to " + copy.region() + " (POST /images/" + copy.image() + "/cancel-copy)";
    }
}
