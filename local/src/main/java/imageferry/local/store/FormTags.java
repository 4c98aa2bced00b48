package imageferry.local.store;

import com.adobe.testing.s3mock.s3.controller.TaggingHeaderConverter;
import com.adobe.testing.s3mock.s3.dto.Tag;
import java.util.List;
import org.springframework.core.convert.converter.Converter;
import tools.jackson.dataformat.xml.XmlMapper;

/**
 * The tags of a form upload, which are XML. {@link ObjectTags} reads those of a header: S3Mock does not decode them, and
 * answers a malformed header with its own error.
 */
final class FormTags implements Converter<String, List<Tag>> {
    private final TaggingHeaderConverter xml =
            new TaggingHeaderConverter(XmlMapper.builder().findAndAddModules().build());

    @Override
    public List<Tag> convert(String source) {
        var tags = source.strip().startsWith("<") ? xml.convert(source) : null;
        return tags == null ? List.of() : tags;
    }
}
