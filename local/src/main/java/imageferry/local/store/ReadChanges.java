package imageferry.local.store;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccess;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccessJob;

/**
 * Removes the table's changes that all followers have read. DynamoDB Local keeps each for a day, which is many times the
 * size of the table, and never releases their space.
 */
final class ReadChanges extends SQLiteDBAccess {
    /** Pages of 1 KiB. Releasing fewer does not justify rewriting the whole file. */
    private static final int MANY_PAGES = 256;

    private ReadChanges(Path database) {
        super(database.toFile());
        // Opening a database lets SQLite's library print again.
        QuietLogs.silence();
    }

    /**
     * Removes them from a database that is not open.
     *
     * @param before the sequence number of the first change to keep. It must be that of a change, as DynamoDB Local counts on
     *     from the last one that it finds.
     */
    static void remove(Path database, long before) {
        if (before <= 0 || !Files.exists(database)) {
            return;
        }
        var opened = new ReadChanges(database);
        try {
            opened.queue.execute(new Removal(before)).get();
        } finally {
            opened.close();
        }
    }

    private static final class Removal extends SQLiteDBAccessJob<Void> {
        private final long before;

        Removal(long before) {
            this.before = before;
        }

        /** A failure, as on a full disk, only leaves the file at its size. */
        @Override
        protected @Nullable Void job(SQLiteConnection connection) {
            try {
                connection.exec("DELETE FROM " + STREAMS_TABLE_NAME + " WHERE " + SEQUENCE_NUMBER + " < " + before);
                if (freePages(connection) > MANY_PAGES) {
                    connection.exec("VACUUM");
                }
            } catch (SQLiteException full) {
                System.getLogger(ReadChanges.class.getName())
                        .log(Level.DEBUG, "The changes that were read are not removed", full);
            }
            return null;
        }

        private static int freePages(SQLiteConnection connection) throws SQLiteException {
            var pages = connection.prepare("PRAGMA freelist_count");
            try {
                pages.step();
                return pages.columnInt(0);
            } finally {
                pages.dispose();
            }
        }

        @Override
        protected @Nullable Void doWork() {
            return null;
        }
    }
}
