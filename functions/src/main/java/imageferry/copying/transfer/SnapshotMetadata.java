package imageferry.copying.transfer;

import imageferry.copying.Copy;
import imageferry.image.Image;
import java.util.HashMap;
import java.util.Map;

/**
 * The user metadata of a snapshot: its image, as the image was when the copy began. A person who has lost the table finds there
 * whose bytes they are. Nothing reads them.
 */
final class SnapshotMetadata {
    private SnapshotMetadata() {}

    static Map<String, String> of(Copy copy, Image image) {
        var metadata = new HashMap<String, String>();
        metadata.put("imageferry-owner", copy.owner().toString());
        metadata.put("imageferry-image", image.id().toString());
        metadata.put("imageferry-copy", copy.id().toString());
        metadata.put("imageferry-name", image.name().value());
        metadata.put("imageferry-part-bytes", Long.toString(copy.partSizeBytes()));
        var family = image.labels().family();
        if (family != null) {
            metadata.put("imageferry-family", family);
        }
        var disk = image.content().disk();
        if (disk != null) {
            metadata.put("imageferry-format", disk.format().toString());
        }
        return Map.copyOf(metadata);
    }
}
