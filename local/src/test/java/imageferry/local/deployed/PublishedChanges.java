package imageferry.local.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import imageferry.local.localstack.LocalStack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A subscriber of the bus: a rule that sends all our events to a queue. */
final class PublishedChanges implements AutoCloseable {
    private static final String NAME = "changes";
    private static final JsonMapper JSON = new JsonMapper();

    private final SqsClient queues;
    private final String queue;
    private final List<JsonNode> seen = new ArrayList<>();

    PublishedChanges(LocalStack cloud) {
        queues = cloud.client(SqsClient.builder(), Deployment.OPERATOR, Deployment.HOME);
        queue = queues.createQueue(r -> r.queueName(NAME)).queueUrl();
        var arn = queues.getQueueAttributes(r -> r.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        try (var events = cloud.client(EventBridgeClient.builder(), Deployment.OPERATOR, Deployment.HOME)) {
            events.putRule(r -> r.eventBusName("imageferry").name(NAME).eventPattern("{\"source\":[\"imageferry\"]}"));
            var target = Target.builder().id(NAME).arn(arn).build();
            events.putTargets(r -> r.eventBusName("imageferry").rule(NAME).targets(target));
        }
    }

    /** The statuses in the events of this image, in the order of their arrival. */
    List<String> statusesOf(String imageId) throws IOException {
        receive();
        return seen.stream()
                .filter(event -> event.path("detail-type").asText().equals("Image State Change"))
                .map(event -> event.path("detail"))
                .filter(detail -> detail.path("imageId").asText().equals(imageId))
                .map(detail -> detail.path("status").asText())
                .toList();
    }

    private void receive() throws IOException {
        while (true) {
            var messages = queues.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10))
                    .messages();
            for (var message : messages) {
                seen.add(JSON.readTree(message.body()));
                queues.deleteMessage(r -> r.queueUrl(queue).receiptHandle(message.receiptHandle()));
            }
            if (messages.isEmpty()) {
                return;
            }
        }
    }

    @Override
    public void close() {
        queues.close();
    }
}
