package io.tollwatch.proxy.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Whose client certificates a listener accepts.
final class ClientTrust {

  private ClientTrust() {}

  /// Those of the authorities in a PEM file.
  static TrustManager[] of(Path pem) throws IOException, GeneralSecurityException {
    byte[] text = Files.readAllBytes(pem);
    Collection<? extends Certificate> authorities =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(text));
    if (authorities.isEmpty()) {
      throw new CertificateException(pem + ": no certificate in it");
    }
    KeyStore anchors = emptyStore();
    int i = 0;
    for (Certificate authority : authorities) {
      anchors.setCertificateEntry("anchor-" + i++, authority);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(anchors);
    return factory.getTrustManagers();
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
