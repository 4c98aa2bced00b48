package imageferry.bench.store;

/** Kind of request, with its name in S3 and its price class. */
public enum Request {
    HEAD_BUCKET("HeadBucket", Price.READ),
    GET_BUCKET_LOCATION("GetBucketLocation", Price.READ),
    LIST_OBJECTS("ListObjectsV2", Price.WRITE),
    LIST_UPLOADS("ListMultipartUploads", Price.WRITE),
    HEAD_OBJECT("HeadObject", Price.READ),
    GET_OBJECT("GetObject", Price.READ),
    GET_TAGS("GetObjectTagging", Price.READ),
    PUT_TAGS("PutObjectTagging", Price.READ),
    GET_ATTRIBUTES("GetObjectAttributes", Price.READ),
    LIST_PARTS("ListParts", Price.WRITE),
    CREATE_UPLOAD("CreateMultipartUpload", Price.WRITE),
    COPY_PART("UploadPartCopy", Price.WRITE),
    COPY_OBJECT("CopyObject", Price.WRITE),
    COMPLETE_UPLOAD("CompleteMultipartUpload", Price.WRITE),
    ABORT_UPLOAD("AbortMultipartUpload", Price.FREE),
    DELETE_OBJECT("DeleteObject", Price.FREE);

    private final String title;
    private final Price price;

    Request(String title, Price price) {
        this.title = title;
        this.price = price;
    }

    boolean isCopy() {
        return this == COPY_PART || this == COPY_OBJECT;
    }

    public double dollars() {
        return price.dollars;
    }

    @Override
    public String toString() {
        return title;
    }

    /** S3 Standard's list prices of us-east-1, November 2026, in dollars for one request. */
    private enum Price {
        /** PUT, COPY, POST and LIST. */
        WRITE(0.005 / 1_000),
        /** GET, HEAD and all others. */
        READ(0.0004 / 1_000),
        FREE(0);

        private final double dollars;

        Price(double dollars) {
            this.dollars = dollars;
        }
    }
}
