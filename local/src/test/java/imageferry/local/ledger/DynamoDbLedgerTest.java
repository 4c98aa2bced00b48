package imageferry.local.ledger;

import imageferry.ledger.Ledger;
import imageferry.ledger.LedgerContract;
import org.junit.jupiter.api.Tag;

@Tag("slow")
final class DynamoDbLedgerTest implements LedgerContract {
    private final Ledger ledger = LocalTable.empty().ledger();

    @Override
    public Ledger ledger() {
        return ledger;
    }
}
