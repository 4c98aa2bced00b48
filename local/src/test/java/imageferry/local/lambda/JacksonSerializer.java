package imageferry.local.lambda;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;

/** The name in META-INF/services for the tests' own class loader. */
@SuppressWarnings("TypeParameterUnusedInFormals") // the interface is Lambda's
public final class JacksonSerializer implements CustomPojoSerializer {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public <T> T fromJson(InputStream input, Type type) {
        try {
            return JSON.readValue(input, JSON.constructType(type));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public <T> T fromJson(String input, Type type) {
        throw new UnsupportedOperationException("The runtime passes streams");
    }

    @Override
    public <T> void toJson(T value, OutputStream output, Type type) {
        try {
            JSON.writerFor(JSON.constructType(type)).writeValue(output, value);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
