package imageferry.ledger;

/** The ledger under test, and two keys for it. */
public interface LedgerUnderTest {
    Key KEY = new Key("IMAGE#m-1", "IMAGE");
    Key OTHER = new Key("IMAGE#m-2", "IMAGE");

    /** One ledger for a whole test, empty at first. */
    Ledger ledger();

    /** The item under {@link #KEY}, which must exist. */
    default Item stored() {
        return ledger().read(KEY).orElseThrow();
    }
}
