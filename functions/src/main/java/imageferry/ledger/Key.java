package imageferry.ledger;

/** Names one item of the table: its partition and its place within. */
public record Key(String partition, String sort) {
    public Key {
        if (partition.isEmpty() || sort.isEmpty()) {
            throw new IllegalArgumentException(
                    "A key needs a partition and a sort value, not \"" + partition + "\" and \"" + sort + "\"");
        }
    }

    @Override
    public String toString() {
        return partition + "/" + sort;
    }
}
