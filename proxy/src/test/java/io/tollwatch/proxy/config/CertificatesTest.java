package io.tollwatch.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificatesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"RSA, true", "RSA, false", "EC, true", "EC, false", "Ed25519, true"})
  void readsACertificateAndItsKeyInEveryForm(String algorithm, boolean pkcs8) throws Exception {
    KeyPair pair = pair(algorithm);
    Configuration configuration =
        new ReadingFixture(folder)
            .valid(clientCertificate(pair, pkcs8 ? pkcs8(pair) : traditional(pair)));
    assertThat(configuration.provider("stripe").flatMap(ProviderConfig::clientCertificate))
        .get()
        .returns(true, found -> PemReader.belongTogether(found.key(), pair.getPublic()))
        .satisfies(found -> assertThat(found.chain()).hasSize(1))
        .satisfies(found -> assertThat(found.toString()).endsWith("client.pem, key ***]"));
  }

  @Test
  void refusesAKeyThatDoesNotBelongToTheCertificate() throws Exception {
    assertThat(problem(clientCertificate(pair("EC"), pkcs8(pair("EC")))))
        .isEqualTo(
            "1:48: providers.stripe.client-certificate.key: "
                + "the key does not belong to the certificate; name the key made with it");
    assertThat(problem(clientCertificate(pair("RSA"), pkcs8(pair("EC")))))
        .contains("does not belong");
  }

  @Test
  void saysWhyAKeyCantBeUsed() throws Exception {
    KeyPair pair = pair("EC");
    assertThat(problem(clientCertificate(pair, "text"))).contains("there is no private key");
    assertThat(
            problem(
                clientCertificate(
                    pair, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")))
        .contains("the key is not valid PEM");
    assertThat(
            problem(
                clientCertificate(
                    pair,
                    """
                    -----BEGIN RSA PRIVATE KEY-----
                    Proc-Type: 4,ENCRYPTED
                    DEK-Info: AES-128-CBC,00000000000000000000000000000000

                    AAAA
                    -----END RSA PRIVATE KEY-----
                    """)))
        .contains("the key is encrypted");
  }

  @Test
  void saysWhyATrustFileCantBeUsed() throws Exception {
    assertThat(problem("providers: {stripe: {trust: " + folder.resolve("missing") + "}}"))
        .startsWith("1:29: providers.stripe.trust: no file at ");
    assertThat(problem(trust("text"))).contains("holds no certificate");
    assertThat(problem(trust("-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n")))
        .contains("is not valid PEM");
  }

  @Test
  void readsSeveralAuthoritiesFromOneFile() throws Exception {
    String two = certificate(pair("EC")) + certificate(pair("RSA"));
    assertThat(new ReadingFixture(folder).valid(trust(two)).provider("stripe"))
        .get()
        .satisfies(
            provider -> assertThat(provider.trust().orElseThrow().certificates()).hasSize(2));
  }

  private String problem(String yaml) {
    return new ReadingFixture(folder).problems(yaml).getFirst();
  }

  private String trust(String pem) throws Exception {
    return "providers: {stripe: {trust: " + Files.writeString(folder.resolve("ca.pem"), pem) + "}}";
  }

  private String clientCertificate(KeyPair pair, String key) throws Exception {
    Path file = Files.writeString(folder.resolve("client.pem"), certificate(pair));
    Path keyFile = Files.writeString(folder.resolve("key.pem"), key);
    Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
    return "providers: {stripe: {client-certificate: {"
        + "key: {file: %s}, certificate: %s}}}".formatted(keyFile, file);
  }

  private static KeyPair pair(String algorithm) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (algorithm.equals("RSA")) {
      generator.initialize(2048);
    }
    return generator.generateKeyPair();
  }

  private static String certificate(KeyPair pair) throws Exception {
    X500Name name = new X500Name("CN=test");
    Date from = Date.from(Instant.parse("2026-01-01T00:00:00Z"));
    Date to = Date.from(Instant.parse("2046-01-01T00:00:00Z"));
    String algorithm =
        switch (pair.getPrivate().getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "Ed25519";
        };
    return pem(
        new JcaX509v3CertificateBuilder(name, BigInteger.ONE, from, to, name, pair.getPublic())
            .build(new JcaContentSignerBuilder(algorithm).build(pair.getPrivate())));
  }

  private static String pkcs8(KeyPair pair) throws Exception {
    return pem(new JcaPKCS8Generator(pair.getPrivate(), null));
  }

  /// PKCS #1 or SEC 1, the latter as OpenSSL writes it, with the curve inside.
  private static String traditional(KeyPair pair) throws Exception {
    if (!(pair.getPrivate() instanceof ECPrivateKey key)) {
      return pem(pair.getPrivate());
    }
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
    byte[] point =
        SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded())
            .getPublicKeyData()
            .getBytes();
    return pem(
        new PemObject(
            "EC PRIVATE KEY",
            new org.bouncycastle.asn1.sec.ECPrivateKey(
                    key.getParams().getOrder().bitLength(),
                    key.getS(),
                    new DERBitString(point),
                    info.getPrivateKeyAlgorithm().getParameters())
                .getEncoded()));
  }

  private static String pem(Object object) throws Exception {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }
}
