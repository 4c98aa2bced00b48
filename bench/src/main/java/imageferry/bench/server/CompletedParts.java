package imageferry.bench.server;

import imageferry.bench.store.SimulatedS3.NamedPart;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/** Parses the body of a CompleteMultipartUpload request. */
final class CompletedParts {
    private static final XMLInputFactory READERS = XMLInputFactory.newInstance();

    static {
        READERS.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    }

    private CompletedParts() {}

    /** @throws IllegalArgumentException when the body is not a list of parts */
    static List<NamedPart> read(String body) {
        try {
            var reader = READERS.createXMLStreamReader(new StringReader(body));
            var parts = new ArrayList<NamedPart>();
            var fields = new HashMap<String, String>();
            while (reader.hasNext()) {
                if (reader.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (reader.getLocalName()) {
                    case "Part" -> {
                        add(parts, fields);
                        fields = new HashMap<>();
                    }
                    case "PartNumber", "ETag", "ChecksumSHA256" ->
                        fields.put(reader.getLocalName(), reader.getElementText());
                    default -> {}
                }
            }
            add(parts, fields);
            return parts;
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException("The body is not a list of parts", e);
        }
    }

    private static void add(List<NamedPart> parts, Map<String, String> fields) {
        if (!fields.isEmpty()) {
            parts.add(new NamedPart(
                    Integer.parseInt(fields.getOrDefault("PartNumber", "0")),
                    S3Request.unquoted(fields.getOrDefault("ETag", "")),
                    Optional.ofNullable(fields.get("ChecksumSHA256"))));
        }
    }
}
