package imageferry.ledger;

/** The ledger that a contract is tried on, and two keys to try it with. */
public interface LedgerUnderTest {
    Key KEY = new Key("IMAGE#m-1", "IMAGE");
    Key OTHER = new Key("IMAGE#m-2", "IMAGE");

    /** One ledger for the whole of a test, empty at first. */
    Ledger ledger();

    /** The item under {@link #KEY}, which must be there. */
    default Item stored() {
        return ledger().read(KEY).orElseThrow();
    }
}
