package imageferry.local.faults;

import static imageferry.local.faults.WorkflowSteps.OPERATOR;
import static imageferry.local.faults.WorkflowSteps.OUTAGE;
import static imageferry.local.faults.WorkflowSteps.OWNER;
import static imageferry.local.faults.WorkflowSteps.accepted;
import static imageferry.modification.Modifications.DEPRECATE;
import static imageferry.modification.Modifications.PUBLISH;
import static imageferry.modification.Modifications.WITHDRAW;
import static imageferry.modification.Modifications.product;
import static imageferry.modification.Modifications.rename;

import imageferry.account.Caller;
import imageferry.image.Image;
import imageferry.modification.Modification;
import java.util.stream.Stream;

/** The use case that changes images, in each way that writes more than the image's own record. */
final class ModifyingScenarios {
    private ModifyingScenarios() {}

    static Stream<Scenario> all() {
        return Stream.of(
                new Scenario("an image is renamed", stage -> {
                    var image = stage.past().image("golden");
                    return () -> modify(stage.present(), OWNER, image, rename("silver"));
                }),
                new Scenario("a failed image is renamed", stage -> {
                    var past = stage.past();
                    var copy = past.failed(past.image("golden"));
                    var image = past.made(copy);
                    return () -> modify(stage.present(), OWNER, image, rename("silver"));
                }),
                new Scenario("an image that was renamed in the making is settled", stage -> {
                    var past = stage.past();
                    var copy = past.copying(past.image("golden"));
                    modify(past.service(), OWNER, past.made(copy), rename("silver"));
                    return () -> stage.present().workflow.settleCopy().settle(copy, OUTAGE);
                }),
                new Scenario("an image is deprecated", stage -> {
                    var image = stage.past().image("golden");
                    return () -> modify(stage.present(), OWNER, image, DEPRECATE);
                }),
                new Scenario("an image is published", stage -> {
                    var image = stage.past().image(OPERATOR, "golden");
                    return () -> modify(stage.present(), OPERATOR, image, PUBLISH);
                }),
                new Scenario("an image goes to the marketplace", stage -> {
                    var image = stage.past().image(OPERATOR, "golden");
                    return () -> modify(stage.present(), OPERATOR, image, product("debian-13"));
                }),
                new Scenario("an image is withdrawn", stage -> {
                    var past = stage.past();
                    var image = past.image(OPERATOR, "golden");
                    modify(past.service(), OPERATOR, image, PUBLISH);
                    return () -> modify(stage.present(), OPERATOR, image, WITHDRAW);
                }));
    }

    private static void modify(Service service, Caller caller, Image image, Modification modification) {
        accepted(service.api.modifyImage().modify(caller, image.id().value(), modification));
    }
}
