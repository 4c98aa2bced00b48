package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Lambda finds a handler by the text in the template, and constructs it without arguments. */
class HandlerTest {
    @Test
    void every_function_is_a_handler_of_its_name() {
        assertThat(Shipped.functions().keySet()).allSatisfy(name -> {
            var handler = Class.forName("imageferry.function." + name);
            assertThat(RequestHandler.class).isAssignableFrom(handler);
            assertThat(handler.getConstructor()).isNotNull();
            assertThat(Arrays.stream(handler.getMethods())
                            .filter(method -> method.getName().equals("handleRequest")))
                    .anyMatch(method -> method.getParameterTypes()[1] == Context.class);
        });
    }
}
