package io.tollwatch.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollwatch.proxy.tls.Draft.Party;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real handshakes on loopback, with clients of the JDK that trust only `ca.pem`.
///
/// The JDK validates by the machine's clock, so that the clocks here are set around it.
class ListenerTlsTest {

  private static final Set<String> HOSTS =
      Set.of("localhost", "127.0.0.1", "[::1]", "api.stripe.com");

  private final Instant today = InstantSource.system().instant();
  private final SettableClock clock = new SettableClock(today);
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "::1", "api.stripe.com"})
  void isTrustedUnderEachOfItsNames(String name) throws Exception {
    LocalAuthority authority = open(HOSTS);

    X509Certificate shown =
        TlsPeers.connect(authority.tlsFor(HOSTS, Optional.empty()), clientOf(authority), name);

    assertThat(shown.getSubjectAlternativeNames()).hasSize(4);
    assertThat(shown.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
  }

  @Test
  void isNotTrustedUnderAnotherName() throws Exception {
    LocalAuthority authority = open(HOSTS);
    ListenerTls tls = authority.tlsFor(Set.of("localhost"), Optional.empty());

    assertThatExceptionOfType(SSLHandshakeException.class)
        .isThrownBy(() -> TlsPeers.connect(tls, clientOf(authority), "api.stripe.com"));
  }

  @Test
  void isNotTrustedByClientsOfAnOlderAuthority() throws Exception {
    LocalAuthority old = open(Set.of("localhost"));
    SSLContext oldClient = clientOf(old);
    LocalAuthority wider = open(HOSTS);

    assertThatExceptionOfType(SSLHandshakeException.class)
        .isThrownBy(
            () -> TlsPeers.connect(wider.tlsFor(HOSTS, Optional.empty()), oldClient, "localhost"));
  }

  /// The thief has the kept key and needs no leave of ours to sign.
  @ParameterizedTest
  @ValueSource(strings = {"example.com", "evilapi.stripe.com", "10.0.0.1", "2001:db8::1"})
  void aStolenKeyIsWorthNothingForOtherNames(String name) throws Exception {
    LocalAuthority authority = open(HOSTS);
    ListenerTls forged = presenting(stolen().issue(ListenerNames.of(Set.of(name)), today));

    assertThatThrownBy(() -> TlsPeers.connect(forged, clientOf(authority), name))
        .isInstanceOf(SSLHandshakeException.class)
        .hasStackTraceContaining("name constraints check failed");
  }

  @Test
  void aStolenKeyIsGoodForTheListenersNames() throws Exception {
    LocalAuthority authority = open(HOSTS);
    ListenerTls forged = presenting(stolen().issue(ListenerNames.of(HOSTS), today));

    assertThat(TlsPeers.connect(forged, clientOf(authority), "localhost")).isNotNull();
  }

  @Test
  void constrainsAddressesWhereNoListenerHasOne() throws Exception {
    LocalAuthority authority = open(Set.of("localhost"));
    ListenerTls forged = presenting(stolen().issue(ListenerNames.of(Set.of("127.0.0.1")), today));

    assertThatThrownBy(() -> TlsPeers.connect(forged, clientOf(authority), "127.0.0.1"))
        .hasStackTraceContaining("name constraints check failed");
  }

  @Test
  void constrainsHostNamesWhereNoListenerHasOne() throws Exception {
    LocalAuthority authority = open(Set.of("127.0.0.1"));
    ListenerTls forged = presenting(stolen().issue(ListenerNames.of(Set.of("localhost")), today));

    assertThatThrownBy(() -> TlsPeers.connect(forged, clientOf(authority), "localhost"))
        .hasStackTraceContaining("name constraints check failed");
  }

  @Test
  void aStolenKeyMakesNoFurtherAuthority() throws Exception {
    LocalAuthority authority = open(HOSTS);
    Issuer stolen = stolen();
    KeyPair keys = Draft.newKeys();
    X509Certificate further =
        new Draft(
                Party.of(stolen.certificate()),
                new Party("Further", keys.getPublic()),
                today.minusSeconds(60),
                today.plus(Duration.ofDays(9)))
            .with(Extension.basicConstraints, true, new BasicConstraints(true))
            .sign(stolen.key());
    ListenerCertificate leaf =
        new Issuer(stolen.root(), further, keys.getPrivate())
            .issue(ListenerNames.of(Set.of("localhost")), today);
    ListenerTls forged =
        presenting(
            new ListenerCertificate(
                List.of(leaf.certificate(), further, stolen.certificate()), leaf.key()));

    assertThatThrownBy(() -> TlsPeers.connect(forged, clientOf(authority), "localhost"))
        .isInstanceOf(SSLHandshakeException.class)
        .hasStackTraceContaining("basic constraints check failed");
  }

  @Test
  void isIssuedAgainByItselfWhenLessThanAThirdIsLeft() throws Exception {
    clock.set(today.minus(Duration.ofDays(65)));
    LocalAuthority authority = open(HOSTS);
    ListenerTls tls = authority.tlsFor(HOSTS, Optional.empty());
    X509Certificate first = TlsPeers.connect(tls, clientOf(authority), "localhost");
    clock.set(today.minus(Duration.ofDays(10)));
    X509Certificate later = TlsPeers.connect(tls, clientOf(authority), "localhost");
    clock.set(today);
    X509Certificate last = TlsPeers.connect(tls, clientOf(authority), "localhost");

    assertThat(later).isEqualTo(first);
    assertThat(last).isNotEqualTo(first);
    assertThat(last.getNotAfter()).isAfter(first.getNotAfter());
    assertThat(last.getPublicKey()).isNotEqualTo(first.getPublicKey());
  }

  @Test
  void aHandshakeInFlightKeepsTheCertificateItChose() throws Exception {
    LocalAuthority authority = open(HOSTS);
    RenewingKeys keys = new RenewingKeys(now -> authority.issue(Set.of("localhost")), clock);
    String chosen = keys.chooseServerAlias("EC", null, null);
    clock.set(today.plus(Duration.ofDays(80)));
    String renewed = keys.chooseServerAlias("EC", null, null);

    assertThat(renewed).isNotEqualTo(chosen);
    assertThat(keys.getPrivateKey(chosen)).isNotNull().isNotEqualTo(keys.getPrivateKey(renewed));
    assertThat(keys.getCertificateChain(chosen)).hasSize(2);
    assertThat(keys.getPrivateKey("unknown")).isNull();
    assertThat(keys.chooseServerAlias("RSA", null, null)).isNull();
  }

  @Test
  void acceptsAClientCertificateOfTheRequiredAuthority() throws Exception {
    LocalAuthority authority = open(HOSTS);
    KeyPair clientCa = Draft.newKeys();
    ListenerTls tls = authority.tlsFor(HOSTS, Optional.of(clientAuthority(clientCa)));

    SSLContext client =
        TlsPeers.clientTrusting(authority.rootFile(), TlsPeers.showing(clientOf(clientCa)));

    assertThat(TlsPeers.connect(tls, client, "localhost")).isNotNull();
  }

  @Test
  void refusesACallerWithoutAClientCertificate() throws Exception {
    LocalAuthority authority = open(HOSTS);
    ListenerTls tls = authority.tlsFor(HOSTS, Optional.of(clientAuthority(Draft.newKeys())));

    assertThat(tls.demandsClientCertificate()).isTrue();
    // TLS 1.3 tells the client late, and it may see no more than a closed connection
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> TlsPeers.connect(tls, clientOf(authority), "localhost"))
        .satisfies(e -> assertThat(e).hasStackTraceContaining("Empty client certificate chain"));
  }

  @Test
  void refusesAClientCertificateOfAnotherAuthority() throws Exception {
    LocalAuthority authority = open(HOSTS);
    ListenerTls tls = authority.tlsFor(HOSTS, Optional.of(clientAuthority(Draft.newKeys())));
    SSLContext client =
        TlsPeers.clientTrusting(authority.rootFile(), TlsPeers.showing(clientOf(Draft.newKeys())));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> TlsPeers.connect(tls, client, "localhost"))
        .satisfies(e -> assertThat(e).hasStackTraceContaining("PKIX path"));
  }

  @Test
  void refusesAClientAuthorityFileWithoutCertificates() throws Exception {
    LocalAuthority authority = open(HOSTS);
    Path empty = Files.createFile(temp.resolve("empty.pem"));

    assertThatExceptionOfType(CertificateException.class)
        .isThrownBy(() -> authority.tlsFor(HOSTS, Optional.of(empty)))
        .withMessageContaining("no certificate");
  }

  private LocalAuthority open(Set<String> hosts) {
    Opening opening = LocalAuthority.open(folder(), hosts, clock);
    assertThat(opening).isInstanceOf(Opening.Opened.class);
    return ((Opening.Opened) opening).authority();
  }

  private Path folder() {
    return temp.resolve("authority");
  }

  private Issuer stolen() throws IOException, Unfit {
    return new AuthorityFolder(folder()).read().orElseThrow();
  }

  private static SSLContext clientOf(LocalAuthority authority)
      throws IOException, GeneralSecurityException {
    return TlsPeers.clientTrusting(authority.rootFile());
  }

  private static ListenerTls presenting(ListenerCertificate certificate)
      throws IOException, GeneralSecurityException {
    return new ListenerTls(TlsPeers.serverPresenting(certificate), false);
  }

  private Path clientAuthority(KeyPair keys) throws IOException {
    Party party = new Party("Shop clients", keys.getPublic());
    X509Certificate certificate =
        new Draft(party, party, today.minusSeconds(60), today.plus(Duration.ofDays(9)))
            .with(Extension.basicConstraints, true, new BasicConstraints(true))
            .sign(keys.getPrivate());
    Path file = temp.resolve("clients.pem");
    try (JcaPEMWriter writer = new JcaPEMWriter(Files.newBufferedWriter(file))) {
      writer.writeObject(certificate);
    }
    return file;
  }

  private ListenerCertificate clientOf(KeyPair authority) {
    KeyPair keys = Draft.newKeys();
    X509Certificate certificate =
        new Draft(
                new Party("Shop clients", authority.getPublic()),
                new Party("Checkout service", keys.getPublic()),
                today.minusSeconds(60),
                today.plus(Duration.ofDays(9)))
            .with(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
            .sign(authority.getPrivate());
    return new ListenerCertificate(List.of(certificate), keys.getPrivate());
  }
}
