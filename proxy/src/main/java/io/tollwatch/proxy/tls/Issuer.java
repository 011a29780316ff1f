package io.tollwatch.proxy.tls;

import io.tollwatch.proxy.tls.Draft.Party;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;

/// Who signs listeners' certificates. Immutable.
///
/// @param root what clients trust; its key is gone
/// @param certificate constrained to the listeners' names, signed by the root
/// @param key of `certificate`; secret
record Issuer(X509Certificate root, X509Certificate certificate, PrivateKey key) {

  private static final int LIFE_YEARS = 10;

  /// Below the 398 days that some clients accept at most.
  static final Duration LISTENER_LIFE = Duration.ofDays(90);

  /// Clients' clocks may be behind ours.
  private static final Duration BACKDATED = Duration.ofHours(1);

  private static final KeyUsage SIGNS_CERTIFICATES = new KeyUsage(KeyUsage.keyCertSign);
  private static final ExtendedKeyUsage SERVERS_ONLY =
      new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth);

  /// A new root, and its only issuer.
  static Issuer make(ListenerNames names, Instant now) {
    // distinct names, so that clients that trust an older authority too tell them apart
    String mark = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    KeyPair rootKeys = Draft.newKeys();
    Party rootParty = new Party("Tollwatch local root " + mark, rootKeys.getPublic());
    X509Certificate root =
        authority(rootParty, rootParty, 1, names, now).sign(rootKeys.getPrivate());
    KeyPair keys = Draft.newKeys();
    Party party = new Party("Tollwatch local issuer " + mark, keys.getPublic());
    X509Certificate certificate =
        authority(rootParty, party, 0, names, now).sign(rootKeys.getPrivate());
    return new Issuer(root, certificate, keys.getPrivate());
  }

  private static Draft authority(
      Party issuer, Party subject, int authoritiesBelow, ListenerNames names, Instant now) {
    Instant end = now.atOffset(ZoneOffset.UTC).plusYears(LIFE_YEARS).toInstant();
    return new Draft(issuer, subject, now.minus(BACKDATED), end)
        .with(Extension.basicConstraints, true, new BasicConstraints(authoritiesBelow))
        .with(Extension.keyUsage, true, SIGNS_CERTIFICATES)
        .with(Extension.extendedKeyUsage, false, SERVERS_ONLY)
        .with(Extension.nameConstraints, true, names.asConstraints());
  }

  ListenerCertificate issue(ListenerNames names, Instant now) {
    KeyPair keys = Draft.newKeys();
    Instant wanted = now.plus(LISTENER_LIFE);
    Instant end = wanted.isAfter(notAfter()) ? notAfter() : wanted;
    // a name with a space can't be taken for a host name by clients that look at it
    Party listener = new Party("Tollwatch listener", keys.getPublic());
    X509Certificate issued =
        new Draft(Party.of(certificate), listener, now.minus(BACKDATED), end)
            .with(Extension.basicConstraints, true, new BasicConstraints(false))
            .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
            .with(Extension.extendedKeyUsage, false, SERVERS_ONLY)
            .with(Extension.subjectAlternativeName, false, names.asSubjects())
            .sign(key);
    return new ListenerCertificate(List.of(issued, certificate), keys.getPrivate());
  }

  /// Whether certificates for all these names would be valid.
  boolean covers(ListenerNames names) {
    byte[] extension = certificate.getExtensionValue(Extension.nameConstraints.getId());
    ASN1OctetString value = ASN1OctetString.getInstance(extension);
    return names.allowedBy(NameConstraints.getInstance(value.getOctets()));
  }

  Instant notAfter() {
    return certificate.getNotAfter().toInstant();
  }

  /// Without the key.
  @Override
  public String toString() {
    return "Issuer[" + certificate.getSubjectX500Principal() + "]";
  }
}
