package imageferry.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A disc boots with the firmware whose platform has a bootable entry. */
class BootCatalogueTest {
    private static final int X86 = 0;
    private static final int EFI = 0xEF;

    private final byte[] bytes = new byte[BootCatalogue.LENGTH];

    @Test
    void the_first_entry_is_of_the_platform_that_the_catalogue_begins_with() {
        begin(X86, 0x88);
        assertThat(mode()).isEqualTo(BootMode.BIOS);

        begin(EFI, 0x88);
        assertThat(mode()).isEqualTo(BootMode.UEFI);
    }

    @Test
    void an_entry_that_is_not_marked_as_bootable_boots_nothing() {
        begin(X86, 0);

        assertThat(mode()).isEqualTo(BootMode.NONE);
    }

    @Test
    void a_section_of_another_platform_adds_it() {
        begin(X86, 0x88);
        put(64, 0x91, EFI, 1, 0);
        put(96, 0x88);

        assertThat(mode()).isEqualTo(BootMode.BOTH);
    }

    @Test
    void a_section_is_found_after_another_one_and_its_extensions() {
        begin(X86, 0);
        put(64, 0x90, X86, 1, 0);
        put(96, 0);
        put(128, 0x44);
        put(160, 0x91, EFI, 1, 0);
        put(192, 0x88);

        assertThat(mode()).isEqualTo(BootMode.UEFI);
    }

    @Test
    void a_section_that_claims_too_many_entries_ends_with_the_room() {
        begin(X86, 0);
        Arrays.fill(bytes, 96, bytes.length, (byte) 0x88);
        put(64, 0x90, EFI, 0xFF, 0xFF);

        assertThat(mode()).isEqualTo(BootMode.UEFI);
    }

    @Test
    void a_sector_without_the_beginning_of_a_catalogue_boots_nothing() {
        begin(X86, 0x88);
        bytes[30] = 0;

        assertThat(mode()).isEqualTo(BootMode.NONE);
    }

    private void begin(int platform, int indicator) {
        put(0, 1, platform);
        put(30, 0x55, 0xAA, indicator);
    }

    private void put(int at, int... values) {
        for (var i = 0; i < values.length; i++) {
            bytes[at + i] = (byte) values[i];
        }
    }

    private BootMode mode() {
        return BootCatalogue.bootMode(BootCatalogue.images(Fields.big(bytes)));
    }
}
