package imageferry.disk;

import imageferry.rule.Code;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Recognises a disk by its head, its end, and the few tables that these refer to. */
public final class Recogniser {
    /** Raw comes last: a guest's bytes may be at the beginning of any format that has no signature there. */
    private static final List<Function<View, Optional<Disk>>> FORMATS = List.of(
            Qcow2::in,
            Vhdx::in,
            Vmdk::in,
            Vhd::in,
            Iso9660::in,
            refusing(Dmg::in),
            refusing(EncryptedVolume::in),
            refusing(Stranger::in),
            RawDisk::in,
            refusing(Page::in),
            refusing(FileSystem::in));

    private Recogniser() {}

    /**
     * Looks at the bytes.
     *
     * @param claimed the format that the owner named; any other is then refused, but {@code raw} also accepts
     *     unrecognised bytes and a disc
     */
    public static Finding recognise(DiskBytes bytes, @Nullable Format claimed) {
        try {
            if (bytes.sizeBytes() == 0) {
                throw DiskRefused.empty("is empty");
            }
            return agreed(new View(bytes), claimed);
        } catch (DiskRefused refused) {
            return refused.finding();
        }
    }

    private static Finding agreed(View view, @Nullable Format claimed) {
        var found = found(view, claimed);
        if (claimed == null || found.format() == claimed) {
            return new Finding.Recognised(found);
        }
        if (claimed == Format.RAW && found.format() == Format.ISO) {
            return new Finding.Recognised(RawDisk.of(view));
        }
        return new Finding.Refused(
                Code.INVALID_IMAGE_FORMAT_MISMATCH,
                "is " + found.format() + ", not " + claimed
                        + " as the request says; omit the format, or upload a disk in that format");
    }

    private static Disk found(View view, @Nullable Format claimed) {
        try {
            return FORMATS.stream()
                    .map(format -> format.apply(view))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseThrow(() -> DiskRefused.unrecognised("is not in a format that is recognised (" + known()
                            + "); if it is a raw disk without a partition table, set the format to raw"));
        } catch (DiskRefused refused) {
            if (claimed == Format.RAW && refused.allowsRaw()) {
                return RawDisk.of(view);
            }
            throw refused;
        }
    }

    private static String known() {
        return "qcow2, vhd, vhdx, vmdk, iso, and raw with an MBR or a GPT";
    }

    /** A reader that only refuses. */
    private static Function<View, Optional<Disk>> refusing(Function<View, Optional<DiskRefused>> reader) {
        return view -> {
            reader.apply(view).ifPresent(refused -> {
                throw refused;
            });
            return Optional.empty();
        };
    }
}
