package imageferry.local.store;

import static imageferry.local.store.TestStores.HOME_BUCKET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every one of many simultaneous requests is answered, without a platform thread for each. */
@Timeout(120)
@Tag("slow")
class CrowdedS3Test {
    @TempDir
    private Path data;

    @Test
    void each_of_a_thousand_simultaneous_requests_is_answered() throws Exception {
        try (var stores = TestStores.in(data);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var go = new CountDownLatch(1);
            var answers = new ArrayList<Future<String>>();
            for (var client = 0; client < 1000; client++) {
                var key = "key-" + client;
                answers.add(clients.submit(() -> {
                    go.await();
                    return put(stores.stores.s3().getPort(), key);
                }));
            }
            var before = Thread.activeCount();
            go.countDown();

            for (var answer : answers) {
                assertThat(answer.get()).matches("(?s)HTTP/1.1 (200|503) .*");
            }
            assertThat(Thread.activeCount()).isLessThan(before + 50);
        }
    }

    private static String put(int port, String key) throws IOException {
        try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            socket.getOutputStream()
                    .write(("PUT /" + HOME_BUCKET + "/" + key
                                    + " HTTP/1.1\r\nHost: s3\r\nConnection: close\r\nContent-Length: 5\r\n\r\nbytes")
                            .getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
