package imageferry.rule;

/** The error codes of the API, with the names that image services use. The edge maps them to HTTP statuses. */
public enum Code {
    MISSING_PARAMETER("MissingParameter", Kind.MALFORMED),
    INVALID_PARAMETER("InvalidParameter", Kind.MALFORMED),
    UNKNOWN_PARAMETER("UnknownParameter", Kind.MALFORMED),
    MALFORMED_BODY("MalformedBody", Kind.MALFORMED),
    BODY_TOO_LARGE("BodyTooLarge", Kind.TOO_LARGE),
    INVALID_REGION("InvalidRegionId.NotFound", Kind.MALFORMED),
    INVALID_IMAGE_NAME("InvalidImageName.Malformed", Kind.MALFORMED),
    INVALID_DESCRIPTION("InvalidDescription.Malformed", Kind.MALFORMED),
    INVALID_TAG("InvalidTag.Malformed", Kind.MALFORMED),
    INVALID_PRODUCT_CODE("InvalidProductCode.Malformed", Kind.MALFORMED),
    INVALID_ACCOUNT_ID("InvalidAccountId.Malformed", Kind.MALFORMED),
    INVALID_CLIENT_TOKEN("InvalidClientToken.Malformed", Kind.MALFORMED),
    INVALID_NEXT_TOKEN("InvalidNextToken", Kind.MALFORMED),
    INVALID_IMPORT_KEY("InvalidImportKey", Kind.MALFORMED),
    IMPORT_KEY_NOT_FOUND("InvalidImportKey.NotFound", Kind.MISSING),
    INVALID_IMAGE_FORMAT_EMPTY("InvalidImageFormat.Empty", Kind.MALFORMED),
    INVALID_IMAGE_FORMAT_TRUNCATED("InvalidImageFormat.Truncated", Kind.MALFORMED),
    INVALID_IMAGE_FORMAT_DAMAGED("InvalidImageFormat.Damaged", Kind.MALFORMED),
    INVALID_IMAGE_FORMAT_UNKNOWN("InvalidImageFormat.Unknown", Kind.MALFORMED),
    INVALID_IMAGE_FORMAT_ENCRYPTED("InvalidImageFormat.Encrypted", Kind.MALFORMED),
    INVALID_IMAGE_FORMAT_SPLIT("InvalidImageFormat.Split", Kind.MALFORMED),
    INVALID_IMAGE_FORMAT_BACKING_FILE("InvalidImageFormat.BackingFile", Kind.MALFORMED),
    INVALID_IMAGE_FORMAT_MISMATCH("InvalidImageFormat.Mismatch", Kind.MALFORMED),
    INCORRECT_DESTINATION_REGION("IncorrectDestinationRegion", Kind.MALFORMED),
    SIZE_EXCEEDED("SizeExceed.Image", Kind.FORBIDDEN),
    IMAGE_NOT_FOUND("InvalidImageId.NotFound", Kind.MISSING),
    SNAPSHOT_NOT_FOUND("InvalidSnapshotId.NotFound", Kind.CONFLICT),
    COPY_NOT_FOUND("InvalidCopyId.NotFound", Kind.MISSING),
    GROUP_NOT_FOUND("InvalidGroupId.NotFound", Kind.MISSING),
    TICKET_NOT_FOUND("InvalidTicketId.NotFound", Kind.MISSING),
    INSTANCE_NOT_FOUND("InvalidInstanceId.NotFound", Kind.MISSING),
    INCORRECT_IMAGE_STATUS("IncorrectImageStatus", Kind.CONFLICT),
    INCORRECT_COPY_STATUS("IncorrectCopyStatus", Kind.CONFLICT),
    INCORRECT_TICKET_STATUS("IncorrectTicketStatus", Kind.CONFLICT),
    IMAGE_CREATED_NOT_FROM_COPY("ImageCreatedNotFromCopy", Kind.CONFLICT),
    IMAGE_COPYING("OperationDenied.ImageCopying", Kind.CONFLICT),
    IMAGE_IN_OTHER_REGION("OperationDenied.ImageInOtherRegion", Kind.CONFLICT),
    IMAGE_USE_SHARED("ImageUseShared", Kind.CONFLICT),
    IMAGE_USING_BY_INSTANCE("ImageUsingByInstance", Kind.CONFLICT),
    IMAGE_PROTECTED("OperationDenied.ImageProtected", Kind.CONFLICT),
    PUBLIC_IMAGE("OperationDenied.PublicImage", Kind.FORBIDDEN),
    MARKETPLACE_IMAGE("OperationDenied.MarketplaceImage", Kind.FORBIDDEN),
    SHARED_IMAGE("OperationDenied.SharedImage", Kind.FORBIDDEN),
    NOT_OWNER("OperationDenied.NotOwner", Kind.FORBIDDEN),
    NOT_OPERATOR("OperationDenied.NotOperator", Kind.FORBIDDEN),
    SHARE_WITH_ONESELF("InvalidAccountId.Self", Kind.MALFORMED),
    SHARE_NOT_FOUND("InvalidShare.NotFound", Kind.MISSING),
    MISSING_IDENTITY("MissingIdentity", Kind.FORBIDDEN),
    ACCESS_DENIED("AccessDenied", Kind.FORBIDDEN),
    IMAGE_QUOTA("QuotaExceed.Image", Kind.FORBIDDEN),
    BIN_QUOTA("QuotaExceed.RecycledImage", Kind.FORBIDDEN),
    COPY_QUOTA("QuotaExceed.Copy", Kind.FORBIDDEN),
    SHARE_QUOTA("QuotaExceed.Share", Kind.FORBIDDEN),
    IMAGE_NAME_DUPLICATED("InvalidImageName.Duplicated", Kind.CONFLICT),
    IDEMPOTENT_PARAMETER_MISMATCH("IdempotentParameterMismatch", Kind.CONFLICT),
    CHECKSUM_MISMATCH("ImageChecksumMismatch", Kind.CONFLICT),
    UPLOAD_NOT_RESUMABLE("IncorrectCopyStatus.NotRetryable", Kind.CONFLICT);

    /** The kind of refusal that a code is. */
    public enum Kind {
        MALFORMED,
        FORBIDDEN,
        MISSING,
        CONFLICT,
        TOO_LARGE
    }

    private final String text;
    private final Kind kind;

    Code(String text, Kind kind) {
        this.text = text;
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The code as callers see it. */
    @Override
    public String toString() {
        return text;
    }
}
