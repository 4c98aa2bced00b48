package imageferry.local.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Corrects S3Mock's records in a moved data folder: they name their files by absolute path. */
final class MovedFolder {
    private static final JsonMapper JSON = new AtomicJsonMapper(JsonMapper.builder());

    private MovedFolder() {}

    static void repair(Path buckets) throws IOException {
        for (var bucket : folders(buckets)) {
            var record = bucket.resolve("bucketMetadata.json");
            if (Files.exists(record) && !names(record, "path", bucket)) {
                for (var object : folders(bucket)) {
                    repairObject(object.resolve("objectMetadata.json"));
                }
                // Last, so that it is repeated after a kill.
                write(record, "path", bucket);
            }
        }
    }

    private static void repairObject(Path record) {
        if (Files.exists(record)) {
            var data = read(record).path("dataPath").asString();
            write(record, "dataPath", record.resolveSibling(data.substring(data.lastIndexOf('/') + 1)));
        }
    }

    private static boolean names(Path record, String field, Path file) {
        return Path.of(URI.create(read(record).path(field).asString())).equals(file);
    }

    private static void write(Path record, String field, Path file) {
        JSON.writeValue(record.toFile(), read(record).put(field, file.toUri().toString()));
    }

    private static ObjectNode read(Path record) {
        return (ObjectNode) JSON.readTree(record.toFile());
    }

    private static List<Path> folders(Path parent) throws IOException {
        try (var children = Files.list(parent)) {
            return children.filter(Files::isDirectory).toList();
        }
    }
}
