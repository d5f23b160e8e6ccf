package dev.sluice.masking.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenKeyTest {

    private static final TokenKey.TokenPlace EMAIL = TokenKey.TokenPlace.of("shop.public.customers", "email");

    private final TokenKey key = key(1);

    /** Written by version sl1. Never changes: stored tokens must stay readable. */
    @Test
    void writesAndReadsTheFrozenForm() {
        String golden = "sl1:a256gcm:person-1.00:IzGWkYEKxzAdkKW1SfWE2hGb6--JEq_Pco_IkRxc_mNti6xu-uwd4Y5cyn8";

        assertThat(key.seal(EMAIL, Framing.utf8("anna@example.org")).text()).isEqualTo(golden);
        assertThat(key.open(EMAIL, Envelope.parse(golden).orElseThrow()))
                .hasValueSatisfying(clear -> assertThat(clear).isEqualTo(Framing.utf8("anna@example.org")));
    }

    @Test
    void theSameValueOfTheSamePlaceGivesTheSameBytes() {
        assertThat(key.seal(EMAIL, Framing.utf8("x")).text())
                .isEqualTo(key(1).seal(EMAIL, Framing.utf8("x")).text());
    }

    @Test
    void neverUsesANonceForTwoInputs() {
        Set<String> nonces = new HashSet<>();
        int inputs = 0;
        for (String field : new String[] {"email", "phone", "e", ""}) {
            TokenKey.TokenPlace place = TokenKey.TokenPlace.of("shop.public.customers", field);
            for (int i = 0; i < 2_500; i++) {
                byte[] body = key.seal(place, Framing.utf8("value" + i)).body();
                nonces.add(Arrays.toString(Arrays.copyOf(body, AesGcm.NONCE)));
                inputs++;
            }
        }

        assertThat(nonces).hasSize(inputs);
    }

    @Test
    void bordersBetweenDatasetFieldAndValueCount() {
        String one =
                key.seal(TokenKey.TokenPlace.of("ab", "c"), Framing.utf8("d")).text();
        String two =
                key.seal(TokenKey.TokenPlace.of("a", "bc"), Framing.utf8("d")).text();
        String three =
                key.seal(TokenKey.TokenPlace.of("a", "b"), Framing.utf8("cd")).text();

        assertThat(Set.of(one, two, three)).hasSize(3);
    }

    @Test
    void opensOnlyWithTheKeyAndPlaceItWasSealedWith() {
        Envelope sealed = key.seal(EMAIL, Framing.utf8("anna@example.org"));

        assertThat(key(2).open(EMAIL, sealed)).isEmpty();
        assertThat(TokenKey.of("other", secret(1), "use").open(EMAIL, sealed)).isEmpty();
        assertThat(key.open(TokenKey.TokenPlace.of("shop.public.customers", "phone"), sealed))
                .isEmpty();
        assertThat(key.open(TokenKey.TokenPlace.of("shop.public.orders", "email"), sealed))
                .isEmpty();
        assertThat(key.open(EMAIL, new Envelope(sealed.kid(), new byte[27]))).isEmpty();
    }

    @Test
    void aKeyOfTwoSecretsNeedsBoth() {
        String both = TokenKey.of("k", secret(1), secret(2), "use")
                .seal(EMAIL, Framing.utf8("x"))
                .text();

        assertThat(TokenKey.of("k", secret(1), secret(3), "use")
                        .seal(EMAIL, Framing.utf8("x"))
                        .text())
                .isNotEqualTo(both);
        assertThat(TokenKey.of("k", secret(3), secret(2), "use")
                        .seal(EMAIL, Framing.utf8("x"))
                        .text())
                .isNotEqualTo(both);
    }

    @Test
    void secretsShowNothing() {
        SecretBytes secret = SecretBytes.taking(new byte[] {65, 66, 67, 68});

        assertThat(secret.toString()).isEqualTo("SecretBytes[****]");
        assertThat(key.toString()).isEqualTo("TokenKey[person-1.00]");
        assertThat(secret).isNotEqualTo(SecretBytes.taking(new byte[] {65, 66, 67, 68}));
    }

    @Test
    void aWipedSecretIsGone() {
        byte[] given = {1, 2, 3};
        SecretBytes secret = SecretBytes.taking(given);
        assertThat(given).containsOnly(0);
        secret.wipe();

        org.assertj.core.api.Assertions.assertThatIllegalStateException().isThrownBy(() -> secret.use(b -> b.length));
    }

    private static TokenKey key(int seed) {
        return TokenKey.of("person-1.00", secret(seed), "sluice/v1/person");
    }

    private static SecretBytes secret(int seed) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) seed);
        return SecretBytes.taking(bytes);
    }
}
