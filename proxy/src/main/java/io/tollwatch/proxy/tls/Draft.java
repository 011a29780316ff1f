package io.tollwatch.proxy.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate until it is signed: P-256 keys, random serial number. Confined to one thread.
///
/// Every JDK has what this needs, so that a failure here is a bug and no value.
final class Draft {

  private static final SecureRandom RANDOM = new SecureRandom();

  /// Enough that no two certificates meet (RFC 5280 allows 20 octets).
  private static final int SERIAL_BITS = 127;

  private final X509v3CertificateBuilder builder;

  /// One side of a certificate.
  record Party(X500Name name, PublicKey key) {

    Party(String commonName, PublicKey key) {
      this(new X500Name("CN=" + commonName), key);
    }

    static Party of(X509Certificate certificate) {
      byte[] name = certificate.getSubjectX500Principal().getEncoded();
      return new Party(X500Name.getInstance(name), certificate.getPublicKey());
    }
  }

  Draft(Party issuer, Party subject, Instant notBefore, Instant notAfter) {
    builder =
        new JcaX509v3CertificateBuilder(
            issuer.name(),
            serial(),
            Date.from(notBefore),
            Date.from(notAfter),
            subject.name(),
            subject.key());
    try {
      JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
      with(
          Extension.subjectKeyIdentifier,
          false,
          identifiers.createSubjectKeyIdentifier(subject.key()));
      with(
          Extension.authorityKeyIdentifier,
          false,
          identifiers.createAuthorityKeyIdentifier(issuer.key()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no key identifiers", e);
    }
  }

  static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no P-256 keys", e);
    }
  }

  private static BigInteger serial() {
    return new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS - 1);
  }

  Draft with(ASN1ObjectIdentifier extension, boolean critical, ASN1Encodable value) {
    try {
      builder.addExtension(extension, critical, value);
      return this;
    } catch (CertIOException e) {
      throw new IllegalStateException("extension " + extension + " can't be encoded", e);
    }
  }

  X509Certificate sign(PrivateKey key) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("no signature", e);
    }
  }
}
