package imageferry.function.edge;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;

/**
 * Lets Lambda read and write our records with our own mapper. The runtime's mapper writes instants as numbers and, in some
 * versions, cannot read records. The runtime finds it by name, under META-INF/services.
 */
@SuppressWarnings("TypeParameterUnusedInFormals") // the interface is Lambda's
public final class LambdaSerializer implements CustomPojoSerializer {
    @Override
    public <T> T fromJson(InputStream input, Type type) {
        try {
            return Json.MAPPER.readValue(input, Json.MAPPER.constructType(type));
        } catch (IOException e) {
            throw new UncheckedIOException("The event is not a " + type.getTypeName(), e);
        }
    }

    @Override
    public <T> T fromJson(String input, Type type) {
        try {
            return Json.MAPPER.readValue(input, Json.MAPPER.constructType(type));
        } catch (IOException e) {
            throw new UncheckedIOException("The event is not a " + type.getTypeName(), e);
        }
    }

    @Override
    public <T> void toJson(T value, OutputStream output, Type type) {
        try {
            Json.MAPPER.writeValue(output, value);
        } catch (IOException e) {
            throw new UncheckedIOException("The answer is not a " + type.getTypeName(), e);
        }
    }
}
