package dev.sluice.cdc.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.access.DatabaseTls.Mode;
import dev.sluice.cdc.testkit.TestAuthority;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseTlsTest {

    @ParameterizedTest
    @CsvSource({
        "localhost, PREFER",
        "LocalHost, PREFER",
        "127.0.0.1, PREFER",
        "127.3.2.1, PREFER",
        "::1, PREFER",
        "db.example, VERIFY_FULL",
        "10.0.0.1, VERIFY_FULL",
        "127.0.0.1.example, VERIFY_FULL",
        "localhost.example, VERIFY_FULL",
    })
    void asksEveryServerBesideThisMachineForProof(String host, Mode mode) {
        assertThat(DatabaseTls.standard(host)).isEqualTo(DatabaseTls.of(mode));
    }

    @Test
    void verifiesAgainstTheAuthoritiesOfTheJavaRuntimeWithoutARootCertificate(@TempDir Path folder) {
        assertThat(DatabaseTls.of(Mode.VERIFY_FULL).driverSettings())
                .isEqualTo(Map.of("sslmode", "verify-full", "sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory"));
        TestAuthority authority = TestAuthority.create(folder, "ca");
        TestAuthority.Identity me = authority.issue("me");
        assertThat(new DatabaseTls(Mode.VERIFY_CA, authority.certificate(), me.certificate(), me.key())
                        .driverSettings())
                .isEqualTo(Map.of(
                        "sslmode", "verify-ca",
                        "sslrootcert", authority.certificate().toString(),
                        "sslcert", me.certificate().toString(),
                        "sslkey", me.key().toString(),
                        "pemKeyAlgorithm", "EC"));
    }

    @Test
    void refusesHalfAClientCertificate() {
        Path file = Path.of("a.pem");
        assertThatThrownBy(() -> new DatabaseTls(Mode.REQUIRE, file, file, null))
                .hasMessageContaining("given together");
        assertThatThrownBy(() -> new DatabaseTls(Mode.REQUIRE, null, file, file))
                .hasMessageContaining("root certificate");
    }
}
