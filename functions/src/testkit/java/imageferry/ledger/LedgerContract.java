package imageferry.ledger;

/** The contract of every ledger. A test class implements it with a ledger of its own for each test. */
public interface LedgerContract
        extends ReadContract, CommitContract, ConditionContract, ChangeContract, QueryContract {}
