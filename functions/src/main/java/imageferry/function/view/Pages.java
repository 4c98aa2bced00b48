package imageferry.function.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers that carry views by name; a list without a {@code nextToken} has no more pages. */
public final class Pages {
    private Pages() {}

    public record ImagePage(
            List<ImageView> images, @Nullable String nextToken) {}

    public record CopyPage(List<CopyView> copies, @Nullable String nextToken) {}

    public record TicketPage(
            List<TicketView> tickets, @Nullable String nextToken) {}

    public record Group(String groupId, List<CopyView> copies) {}

    public record OneCopy(CopyView copy) {}

    /** The start of an import: the future image, and the copy that makes it. */
    public record Imported(ImageView image, CopyView copy) {}
}
