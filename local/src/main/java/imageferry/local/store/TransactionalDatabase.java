package imageferry.local.store;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccess;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccessJob;

/**
 * DynamoDB Local's database with a correction. The original queues the COMMIT of a transaction and answers without waiting
 * for it, so that a killed process or a full disk loses acknowledged writes.
 */
final class TransactionalDatabase extends SQLiteDBAccess {
    private static final String REMEMBER = "INSERT INTO %s(%s, %s, %s) VALUES (?, ?, ?)"
            .formatted(TRANSACTIONS_TABLE_NAME, TRANSACTION_ID, CREATION_DATE_TIME, TRANSACTION_SIGNATURE);

    TransactionalDatabase(Path file) {
        super(file.toFile());
        // Opening a database lets SQLite's library print again.
        QuietLogs.silence();
    }

    @Override
    public byte @Nullable [] beginTransaction(String id) {
        try {
            return super.beginTransaction(id);
        } catch (RuntimeException failed) {
            // It has locked the database by now, and its caller would not release the lock.
            rollbackTransaction();
            throw failed;
        }
    }

    @Override
    public void commitTransaction(String id, byte[] signature) {
        queue.execute(new Commit(id, signature)).get();
        // Nothing is left to roll back: this releases the lock on the database.
        rollbackTransaction();
    }

    /** Of a transaction that SQLite has rolled back by itself, as on a full disk, only the marks are removed. */
    @Override
    public void rollbackTransaction() {
        var _ = queue.execute(new BeginUnlessBegun());
        super.rollbackTransaction();
    }

    private static final class Commit extends SQLiteDBAccessJob<Void> {
        private final String id;
        private final byte[] signature;

        Commit(String id, byte[] signature) {
            this.id = id;
            this.signature = signature;
        }

        @Override
        protected @Nullable Void job(SQLiteConnection connection) throws Throwable {
            super.job(connection);
            connection.exec("COMMIT");
            return null;
        }

        @Override
        protected @Nullable Void doWork() throws SQLiteException {
            getPreparedStatement(REMEMBER)
                    .bind(1, id)
                    .bind(2, System.currentTimeMillis())
                    .bind(3, signature)
                    .step();
            return null;
        }
    }

    /** Without a transaction DynamoDB Local's ROLLBACK would fail, and later writes would each run without one. */
    private static final class BeginUnlessBegun extends SQLiteDBAccessJob<Void> {
        @Override
        protected @Nullable Void job(SQLiteConnection connection) throws SQLiteException {
            if (connection.getAutoCommit()) {
                connection.exec("BEGIN");
            }
            return null;
        }

        @Override
        protected @Nullable Void doWork() {
            return null;
        }
    }
}
