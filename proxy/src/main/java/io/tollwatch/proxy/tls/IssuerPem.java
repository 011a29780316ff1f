package io.tollwatch.proxy.tls;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/// An issuer as PEM text: its key, its certificate, the root, in this order. All three in one text,
/// so that they can be replaced in one step.
final class IssuerPem {

  private static final String NOT_OURS =
      "does not hold a key and the two certificates made with it";

  private IssuerPem() {}

  static String write(Issuer issuer) throws IOException {
    return pem(new JcaPKCS8Generator(issuer.key(), null), issuer.certificate(), issuer.root());
  }

  static String writeRoot(Issuer issuer) throws IOException {
    return pem(issuer.root());
  }

  private static String pem(Object... objects) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      for (Object object : objects) {
        writer.writeObject(object);
      }
    }
    return text.toString();
  }

  /// Reads an issuer and makes sure that its parts belong together.
  static Issuer read(String text) throws Unfit {
    try {
      List<Object> objects = objects(text);
      if (objects.size() == 3
          && objects.get(0) instanceof PrivateKeyInfo key
          && objects.get(1) instanceof X509CertificateHolder certificate
          && objects.get(2) instanceof X509CertificateHolder root) {
        JcaX509CertificateConverter certificates = new JcaX509CertificateConverter();
        return checked(
            new Issuer(
                certificates.getCertificate(root),
                certificates.getCertificate(certificate),
                new JcaPEMKeyConverter().getPrivateKey(key)));
      }
      throw new Unfit(NOT_OURS);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // Bouncy Castle's parsers throw unchecked ones at some garbage
      throw new Unfit(NOT_OURS, e);
    }
  }

  private static List<Object> objects(String text) throws IOException {
    List<Object> objects = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      for (Object o = parser.readObject(); o != null; o = parser.readObject()) {
        objects.add(o);
      }
    }
    return objects;
  }

  private static Issuer checked(Issuer issuer) throws GeneralSecurityException, Unfit {
    X509Certificate certificate = issuer.certificate();
    certificate.verify(issuer.root().getPublicKey());
    boolean constrained = certificate.getExtensionValue(Extension.nameConstraints.getId()) != null;
    if (!constrained || !pair(issuer.key(), certificate.getPublicKey())) {
      throw new Unfit(NOT_OURS);
    }
    return issuer;
  }

  private static boolean pair(PrivateKey secret, PublicKey known) throws GeneralSecurityException {
    byte[] sample = {1, 2, 3};
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(secret);
    signature.update(sample);
    byte[] signed = signature.sign();
    signature.initVerify(known);
    signature.update(sample);
    return signature.verify(signed);
  }
}
