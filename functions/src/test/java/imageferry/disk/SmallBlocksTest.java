package imageferry.disk;

import static imageferry.disk.Findings.disk;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The boot mode is found even if the first sectors are stored in many small blocks, in any order. */
class SmallBlocksTest {
    private static final int HEAD = GuestHead.LENGTH;
    private static final byte[] GUEST = RawDiskBuilder.mbr()
            .code()
            .partition(0, 0xEE, RawDiskBuilder.SECTORS - 64)
            .gpt(512, RawDiskBuilder.BIOS_BOOT, RawDiskBuilder.ESP)
            .bytes();

    /** The blocks of the guest's first bytes, in reverse order from an offset. Returns the offset of each. */
    private static int[] backwards(ByteBuffer file, int from, int blockBytes, int gap) {
        var places = new int[HEAD / blockBytes];
        for (var i = 0; i < places.length; i++) {
            places[i] = from + gap + (places.length - 1 - i) * (blockBytes + gap);
            file.put(places[i], GUEST, i * blockBytes, blockBytes);
        }
        return places;
    }

    private static ByteBuffer file(ByteOrder order) {
        return ByteBuffer.allocate(1 << 20).order(order);
    }

    private static void requireBoth(ByteBuffer file) {
        var bytes = new MemoryBytes(Findings.bytes(file));
        var found = disk(Recogniser.recognise(bytes, null));

        assertThat(found.bootMode()).isEqualTo(BootMode.BOTH);
        assertThat(bytes.reads()).isLessThanOrEqualTo(View.MOST_READS);
    }

    @ParameterizedTest
    @CsvSource({"1, 512", "2, 512", "8, 512", "64, 512", "1, 4", "1, 16", "4, 8"})
    void grains_of_a_vmdk(int sectorsOfGrain, int grainsOfTable) {
        requireBoth(vmdk(sectorsOfGrain, grainsOfTable));
    }

    static ByteBuffer vmdk(int sectorsOfGrain, int grainsOfTable) {
        var file = file(ByteOrder.LITTLE_ENDIAN);
        var capacity = HEAD / 512;
        file.put(0, "KDMV".getBytes(US_ASCII))
                .putInt(4, 1)
                .putLong(12, capacity)
                .putLong(20, sectorsOfGrain);
        file.putLong(28, 1).putLong(36, 1).putInt(44, grainsOfTable).putLong(56, 2);
        file.put(512, "# Disk DescriptorFile\nparentCID=ffffffff\nRW 64 SPARSE \"a\"\n".getBytes(US_ASCII));
        var tables = Math.ceilDiv(capacity, sectorsOfGrain * grainsOfTable);
        var places = backwards(file, 100 * 512, sectorsOfGrain * 512, 0);
        for (var table = 0; table < tables; table++) {
            file.putInt(1024 + 4 * table, 3 + 4 * table);
            for (var i = 0; i < grainsOfTable && table * grainsOfTable + i < places.length; i++) {
                file.putInt((3 + 4 * table) * 512 + 4 * i, places[table * grainsOfTable + i] / 512);
            }
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deflated_grains_with_and_without_a_length_before_them(boolean hasMarker) {
        var file = vmdk(64, 512);
        var deflater = new Deflater();
        deflater.setInput(GUEST, 0, HEAD);
        deflater.finish();
        var packed = new byte[HEAD];
        var length = deflater.deflate(packed);
        file.putInt(8, hasMarker ? 3 << 16 : 1 << 16).putShort(77, (short) 1);
        file.putInt(100 * 512 + 8, length).put(100 * 512 + (hasMarker ? 12 : 0), packed);

        requireBoth(file);
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 4096, 32768})
    void blocks_of_a_vhd(int blockBytes) {
        var file = file(ByteOrder.BIG_ENDIAN);
        file.put(0, "conectix".getBytes(US_ASCII)).putInt(12, 0x10000).putLong(16, 512);
        file.putLong(48, HEAD).putInt(60, 3);
        file.put(512, "cxsparse".getBytes(US_ASCII)).putLong(512 + 16, 1536).putInt(512 + 24, 0x10000);
        file.putInt(512 + 28, HEAD / blockBytes).putInt(512 + 32, blockBytes);
        var places = backwards(file, 4096, blockBytes, 512);
        for (var i = 0; i < places.length; i++) {
            file.putInt(1536 + 4 * i, places[i] / 512 - 1);
        }
        var sealed = Findings.bytes(file);
        ChecksumRepair.vhd(sealed, 0, 512, 64);
        ChecksumRepair.vhd(sealed, 512, 1024, 36);
        System.arraycopy(sealed, 0, sealed, sealed.length - 512, 512);

        requireBoth(ByteBuffer.wrap(sealed));
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 10, 12, 15})
    void clusters_of_a_qcow2(int clusterBits) {
        var file = qcow2(clusterBits);
        var places = backwards(file, 16 << clusterBits, 1 << clusterBits, 0);
        for (var i = 0; i < places.length; i++) {
            file.putLong((4 << clusterBits) + 8 * i, places[i]);
        }

        requireBoth(file);
    }

    /** Its first table is in the fourth cluster, its second one in the fifth. */
    static ByteBuffer qcow2(int clusterBits) {
        var file = file(ByteOrder.BIG_ENDIAN);
        file.put(0, new byte[] {'Q', 'F', 'I', (byte) 0xFB}).putInt(4, 2).putInt(20, clusterBits);
        file.putLong(24, HEAD).putInt(36, 1).putLong(40, 3 << clusterBits);
        file.putLong(48, 1 << clusterBits).putInt(56, 1);
        file.putLong(1 << clusterBits, 2 << clusterBits).putShort(2 << clusterBits, (short) 1);
        file.putLong(3 << clusterBits, 4 << clusterBits);
        return file;
    }

    /** All bytes are zeros, which do not boot, but only a part of them is read. */
    @Test
    void too_many_reads_leave_the_boot_mode_open() {
        var file = qcow2(9);
        var distance = 3L << 20;
        for (var i = 0; i < 64; i++) {
            file.putLong(4 * 512 + 8 * i, distance * (i + 1));
        }
        var scattered = new Scattered(Findings.bytes(file), distance);

        var found = disk(Recogniser.recognise(scattered, null));

        assertThat(found).isEqualTo(new Disk(Format.QCOW2, HEAD, null));
        assertThat(scattered.reads).isLessThanOrEqualTo(View.MOST_READS);
    }

    /** Each cluster of the guest's first bytes is farther from the next one than one read reaches. */
    private static final class Scattered implements DiskBytes {
        private final byte[] head;
        private final long distance;
        private int reads;

        Scattered(byte[] head, long distance) {
            this.head = head;
            this.distance = distance;
        }

        @Override
        public long sizeBytes() {
            return distance * 66;
        }

        @Override
        public byte[] read(long first, int length) {
            reads++;
            if (first < head.length) {
                return Arrays.copyOfRange(head, (int) first, (int) first + length);
            }
            return new byte[length];
        }
    }
}
