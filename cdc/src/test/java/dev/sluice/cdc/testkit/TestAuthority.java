package dev.sluice.cdc.testkit;

import dev.sluice.cdc.access.CertificateFile;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** A certificate authority of its own, which issues certificates as PEM files. */
public final class TestAuthority {
    private static final AlgorithmIdentifier SIGNATURE = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    private static final AtomicInteger SERIAL = new AtomicInteger();

    private final Path folder;
    private final X500Name name;
    private final KeyPair keys;
    private final Path certificate;

    private TestAuthority(Path folder, X500Name name, KeyPair keys, Path certificate) {
        this.folder = folder;
        this.name = name;
        this.keys = keys;
        this.certificate = certificate;
    }

    /**
     * A certificate with its private key.
     *
     * @param certificate PEM file of the certificate
     * @param key PEM file of the private key, PKCS #8, mode 0600
     * @param both PEM file of key and certificate, mode 0600
     */
    public record Identity(Path certificate, Path key, Path both) {}

    /** A new authority whose files are in that folder. */
    public static TestAuthority create(Path folder, String name) {
        try {
            KeyPair keys = keys();
            X500Name subject = new X500Name("CN=" + name);
            Extensions extensions =
                    new Extensions(extension(Extension.basicConstraints, true, new BasicConstraints(true)));
            byte[] encoded = sign(subject, subject, keys, extensions, keys.getPrivate());
            Path file = Files.writeString(folder.resolve(name + ".pem"), pem("CERTIFICATE", encoded));
            return new TestAuthority(folder, subject, keys, file);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PEM file with the authority's own certificate. */
    public Path certificate() {
        return certificate;
    }

    /** Issues a certificate for that subject, which also names these hosts. */
    public Identity issue(String subject, String... hosts) {
        try {
            KeyPair own = keys();
            GeneralName[] names = Arrays.stream(hosts)
                    .map(host -> new GeneralName(
                            host.matches("[\\d.]+") ? GeneralName.iPAddress : GeneralName.dNSName, host))
                    .toArray(GeneralName[]::new);
            Extensions extensions = new Extensions(
                    names.length == 0
                            ? extension(Extension.basicConstraints, true, new BasicConstraints(false))
                            : extension(Extension.subjectAlternativeName, false, new GeneralNames(names)));
            byte[] encoded = sign(name, new X500Name("CN=" + subject), own, extensions, keys.getPrivate());
            String certificateText = pem("CERTIFICATE", encoded);
            String keyText = pem("PRIVATE KEY", own.getPrivate().getEncoded());
            return new Identity(
                    Files.writeString(folder.resolve(subject + ".crt.pem"), certificateText),
                    secret(subject + ".key.pem", keyText),
                    secret(subject + ".both.pem", keyText + certificateText));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a TLS server needs to show the certificate. */
    public static SSLContext server(Identity identity) {
        try {
            String key = Files.readString(identity.key()).replaceAll("-----[A-Z ]+-----|\\s", "");
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "server",
                    KeyFactory.getInstance("EC")
                            .generatePrivate(
                                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key))),
                    new char[0],
                    new CertificateFile(identity.certificate()).read().toArray(new Certificate[0]));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path secret(String file, String text) throws IOException {
        Path written = Files.writeString(folder.resolve(file), text);
        return Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-------"));
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static Extension extension(
            org.bouncycastle.asn1.ASN1ObjectIdentifier id, boolean critical, org.bouncycastle.asn1.ASN1Encodable value)
            throws IOException {
        return new Extension(
                id, critical, new DEROctetString(value.toASN1Primitive().getEncoded("DER")));
    }

    private static byte[] sign(
            X500Name issuer, X500Name subject, KeyPair keys, Extensions extensions, PrivateKey signer)
            throws IOException, GeneralSecurityException {
        Instant now = Instant.now();
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(BigInteger.valueOf(SERIAL.incrementAndGet())));
        generator.setSignature(SIGNATURE);
        generator.setIssuer(issuer);
        generator.setSubject(subject);
        generator.setStartDate(new Time(Date.from(now.minus(Duration.ofHours(1)))));
        generator.setEndDate(new Time(Date.from(now.plus(Duration.ofDays(2)))));
        generator.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        generator.setExtensions(extensions);
        TBSCertificate unsigned = generator.generateTBSCertificate();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer);
        signature.update(unsigned.getEncoded("DER"));
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(unsigned);
        parts.add(SIGNATURE);
        parts.add(new DERBitString(signature.sign()));
        return new DERSequence(parts).getEncoded("DER");
    }

    private static String pem(String kind, byte[] encoded) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }
}
