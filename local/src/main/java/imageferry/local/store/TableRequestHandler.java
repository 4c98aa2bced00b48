package imageferry.local.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.local.data.DataDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.dynamodb.services.dataMembers.RequestData;
import software.amazon.dynamodb.services.dataMembers.ResponseData;
import software.amazon.dynamodb.services.exceptions.DynamoDBLocalServiceException;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * Makes two checks that DynamoDB Local lacks: the caller's permission, and the region, as the table is in the home region.
 */
final class TableRequestHandler extends LocalDynamoDBServerHandler {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int INTERNAL_ERROR = 500;

    private final StoreSettings settings;
    private final DataDisk disk;

    TableRequestHandler(CommittedTransactions tables, StoreSettings settings, DataDisk disk) {
        super(tables, "*");
        this.settings = settings;
        this.disk = disk;
    }

    @Override
    protected void packageDynamoDBResponse(RequestData request, ResponseData response)
            throws DynamoDBLocalServiceException {
        var headers = request.getBaseRequest().getHeaders();
        var signature = Signature.ofHeader(headers.get("Authorization"));
        var target = headers.get("X-Amz-Target");
        // An unsigned request and one without a target are refused by DynamoDB Local in DynamoDB's own words.
        if (signature.isSigned() && target != null) {
            admit(signature, target.substring(target.indexOf('.') + 1), bodyOf(request));
        }
        try {
            super.packageDynamoDBResponse(request, response);
        } catch (DynamoDBLocalServiceException failed) {
            if (failed.statusCode() < INTERNAL_ERROR) {
                throw failed;
            }
            // The answer does not contain SQLite's reason; the usual one is a full disk.
            disk.failed(failed);
            throw disk.refusal()
                    .map(refusal -> error(INTERNAL_ERROR, "InternalServerError", refusal))
                    .orElse(failed);
        }
    }

    private void admit(Signature signature, String operation, JsonNode body) {
        for (var permission : TablePermissions.of(operation, body, signature.region(), settings.account())) {
            settings.accessCheck()
                    .refusal(
                            signature.accessKeyId(),
                            permission.action(),
                            permission.resourceArn(),
                            permission.leadingKeys())
                    .ifPresent(refusal -> {
                        throw error("AccessDeniedException", refusal);
                    });
        }
        if (!signature.region().equals(settings.homeRegion())) {
            throw error("ResourceNotFoundException", "Requested resource not found");
        }
    }

    private static DynamoDBLocalServiceException error(String code, String message) {
        return error(400, code, message);
    }

    private static DynamoDBLocalServiceException error(int status, String code, String message) {
        return new DynamoDBLocalServiceException(message, null, null, status, code);
    }

    private static JsonNode bodyOf(RequestData request) {
        try {
            return JSON.readTree(request.getRequestBody());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
