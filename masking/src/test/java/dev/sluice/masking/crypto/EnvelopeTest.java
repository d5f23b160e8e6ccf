package dev.sluice.masking.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

    private static final String BODY = "A".repeat(38);

    @Test
    void readsWhatItWrites() {
        Random random = new Random(7);
        for (int size = 28; size < 200; size++) {
            byte[] body = new byte[size];
            random.nextBytes(body);
            String text = new Envelope("person-1.00ff", body).text();

            Envelope read = Envelope.parse(text).orElseThrow();
            assertThat(read.body()).isEqualTo(body);
            assertThat(read.kid()).isEqualTo("person-1.00ff");
        }
    }

    @Test
    void readsTheSmallestBody() {
        assertThat(Envelope.parse("sl1:a256gcm:k:" + BODY)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sl1:",
                "sl2:a256gcm:k:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "sl1:aes:k:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "sl1:a256gcm::AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "sl1:a256gcm:K:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "sl1:a256gcm:k:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "sl1:a256gcm:k:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==",
                "sl1:a256gcm:k:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
                " sl1:a256gcm:k:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "sl1:a256gcm:k:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/",
                "sl1:a256gcm:k:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
                "sl1:a256gcm:k:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void refusesEverythingElse(String text) {
        assertThat(Envelope.parse(text)).isEmpty();
    }

    @Test
    void seesAClaimOfAnyVersion() {
        assertThat(Envelope.claimed("sl1:x")).isTrue();
        assertThat(Envelope.claimed("sl2:")).isTrue();
        assertThat(Envelope.claimed("slim:")).isFalse();
        assertThat(Envelope.claimed("sl")).isFalse();
        assertThat(Envelope.claimed("")).isFalse();
    }

    /** RFC 4648 section 10, in lower case and without padding. */
    @Test
    void base32GivesTheVectorsOfTheRfc() {
        assertThat(Base32.encode(Framing.utf8(""))).isEmpty();
        assertThat(Base32.encode(Framing.utf8("f"))).isEqualTo("my");
        assertThat(Base32.encode(Framing.utf8("fo"))).isEqualTo("mzxq");
        assertThat(Base32.encode(Framing.utf8("foo"))).isEqualTo("mzxw6");
        assertThat(Base32.encode(Framing.utf8("foob"))).isEqualTo("mzxw6yq");
        assertThat(Base32.encode(Framing.utf8("fooba"))).isEqualTo("mzxw6ytb");
        assertThat(Base32.encode(Framing.utf8("foobar"))).isEqualTo("mzxw6ytboi");
    }
}
