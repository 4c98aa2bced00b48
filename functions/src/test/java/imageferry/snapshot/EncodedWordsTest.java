package imageferry.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedWordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    =?UTF-8?B?R3LDvMOfZQ==?=                      | Grüße
                    =?utf-8?b?R3LDvMOfZQ==?=                      | Grüße
                    =?UTF-8?Q?Gr=C3=BC=c3=9fe?=                   | Grüße
                    =?UTF-8?q?two_words?=                         | two words
                    =?ISO-8859-1?Q?Gr=FC=DFe?=                    | Grüße
                    =?ISO-8859-1*de?Q?Gr=FC=DFe?=                 | Grüße
                    =?windows-1252?Q?5_=80?=                      | 5 €
                    =?UTF-8?B?8J+Qmw==?=                          | 🐛
                    =?UTF-8?Q?a?= =?UTF-8?Q?b?=                   | ab
                    =?UTF-8?Q?a?=  =?ISO-8859-1?Q?=FC?= =?UTF-8?Q?c?= | aüc
                    =?UTF-8?Q?a?=x=?UTF-8?Q?b?=                   | axb
                    see =?UTF-8?Q?Gr=C3=BC=C3=9Fe?= here          | see Grüße here
                    plain                                         | plain
                    """)
    void a_word_is_decoded(String value, String text) {
        assertThat(EncodedWords.decode(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=?UTF-8?B?R3LD?=",
                "=?UTF-8?B?R3L%?=",
                "=?UTF-8?B?R3LDvMOfZQ==",
                "=?UTF-8?X?abc?=",
                "=?UTF-8?Q?=C3?=",
                "=?UTF-8?Q?=G0?=",
                "=?UTF-8?Q?=C?=",
                "=?UTF-8?Q??=",
                "=?no-such-charset?Q?a?=",
                "=?,?Q?a?=",
                "=?UTF-8?Q?a b?=",
                "a =?UTF-8?B?R3LD?= =?UTF-8?B?R3LD?= b",
                "",
                "=?=",
                "a=b"
            })
    void a_malformed_word_is_not_changed(String value) {
        assertThat(EncodedWords.decode(value)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        // The user guide's example of S3's conversion of raw UTF-8, "ÄMÄZÕÑ S3".
        "=?UTF-8?B?w4PChE3Dg8KEWsODwpXDg8KRIFMz?=, ÄMÄZÕÑ S3",
        "=?UTF-8?B?w6TCvcKgw6XCpcK9?=, 你好",
        "=?UTF-8?B?R3LDvMOfZQ==?=, Grüße",
        "=?UTF-8?B?5L2g5aW9?=, 你好",
        "plain, plain",
    })
    void text_that_a_store_read_as_iso_8859_1_is_corrected_and_no_other(String value, String text) {
        assertThat(EncodedWords.corrected(EncodedWords.decode(value))).isEqualTo(text);
    }
}
