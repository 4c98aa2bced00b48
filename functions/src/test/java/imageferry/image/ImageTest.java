package imageferry.image;

import static imageferry.copying.InMemoryService.FRIEND;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import imageferry.copying.InMemoryService;
import imageferry.image.Image.Publication;
import imageferry.image.Image.Terms;
import imageferry.instance.Instances;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of an image: its name, its labels, its product code and its publication. */
class ImageTest {
    private static final ImageName NAME = new ImageName("golden");

    @ParameterizedTest
    @ValueSource(strings = {"ab", "A description", "two\nlines\tand a tab\r\n", "\uD83D\uDC27\uD83D\uDC27", "  "})
    void a_text_of_2_to_256_characters_is_a_description(String text) {
        assertThat(Labels.isDescription(text)).isTrue();
        assertThat(Labels.isDescription("\uD83D\uDC27".repeat(256))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\uD83D\uDC27", "a bell\u0007", "a unit separator\u001F", "a delete\u007F"})
    void a_shorter_text_and_one_with_control_characters_are_none(String text) {
        assertThat(Labels.isDescription(text)).isFalse();
        assertThat(Labels.isDescription("x".repeat(257))).isFalse();
    }

    @Test
    void only_a_marketplace_image_has_a_product_code() {
        var code = new ProductCode("debian-13");

        assertThat(new Terms(NAME, Labels.NONE, Publication.MARKETPLACE, code, false).productCode())
                .isEqualTo(code);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Terms(NAME, Labels.NONE, Publication.MARKETPLACE, null, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Terms(NAME, Labels.NONE, Publication.PUBLIC, code, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-a", "a", "a b", "", "a_b"})
    void a_malformed_product_code_is_refused(String text) {
        assertThat(ProductCode.isOne(text)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProductCode(text))
                .withMessageContaining("is not a product code");
        assertThat(new ProductCode("a1")).hasToString("a1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1a", "a", "a b", ""})
    void a_malformed_name_is_refused(String text) {
        assertThat(ImageName.isOne(text)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImageName(text))
                .withMessageContaining("is not an image name");
    }

    @Test
    void a_word_that_names_no_status_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageStatus.of("Lost"))
                .withMessage("\"Lost\" is not an image status");
    }

    @Test
    void an_image_is_read_as_it_was_stored() {
        var service = new InMemoryService();
        var image = service.image("golden");
        accepted(service.sharing.share(
                OWNER, image.id().value(), FRIEND.account().value()));
        var instance = accepted(service.using().create(OWNER, image.id().value(), InMemoryService.HOME.name(), null));
        assertThat(service.image(image.id()).uses())
                .isEqualTo(new Image.Uses(image.uses().copyingTo(), 1, 1, 0, true, null));

        accepted(service.using().delete(OWNER, instance.id().value()));

        assertThat(service.image(image.id()).uses().instanceCount()).isZero();
        assertThat(new Instances(service.ledger).find(instance.id())).isEqualTo(Optional.empty());
    }
}
