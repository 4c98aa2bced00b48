package imageferry.ledger;

/** Names one item of the table: the partition it lies in and its place within. */
public record Key(String partition, String sort) {

    @Override
    public String toString() {
        return partition + "/" + sort;
    }
}
