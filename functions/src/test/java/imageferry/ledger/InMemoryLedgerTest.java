package imageferry.ledger;

final class InMemoryLedgerTest implements LedgerContract {
    private final Ledger ledger = new InMemoryLedger();

    @Override
    public Ledger ledger() {
        return ledger;
    }
}
