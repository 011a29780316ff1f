package io.tollwatch.proxy.config;

import io.tollwatch.proxy.config.Loading.Failed;
import io.tollwatch.proxy.config.Loading.Loaded;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jspecify.annotations.Nullable;

/// Reads certificates and private keys in PEM form (PKCS #8, PKCS #1 and SEC 1). Stateless.
final class PemReader {

  private static final int MAX_BYTES = 4 << 20;

  private PemReader() {}

  /// All certificates of a file, at least one.
  static Loading<List<X509Certificate>> certificates(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        return new Failed<>("no file at " + file, "name a PEM file that exists");
      }
      if (Files.size(file) > MAX_BYTES) {
        return new Failed<>(file + " is longer than 4 MiB", "name a PEM file of certificates");
      }
    } catch (IOException e) {
      return new Failed<>("can't read " + file, "let the sidecar's user read it");
    }
    return parsedCertificates(file);
  }

  private static Loading<List<X509Certificate>> parsedCertificates(Path file) {
    String hint = "name a PEM file with -----BEGIN CERTIFICATE-----";
    try {
      JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
      List<X509Certificate> certificates = new ArrayList<>();
      for (Object object : objects(Files.readString(file))) {
        if (object instanceof X509CertificateHolder holder) {
          certificates.add(converter.getCertificate(holder));
        }
      }
      return certificates.isEmpty()
          ? new Failed<>(file + " holds no certificate", hint)
          : new Loaded<>(List.copyOf(certificates));
    } catch (AccessDeniedException e) {
      return new Failed<>("can't read " + file, "let the sidecar's user read it");
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // The parser throws unchecked exceptions too on some malformed input.
      return new Failed<>(file + " is not valid PEM", hint);
    }
  }

  /// The first private key of a text.
  static Loading<PrivateKey> privateKey(String pem) {
    String hint = "use a PEM with -----BEGIN PRIVATE KEY-----";
    try {
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      for (Object object : objects(pem)) {
        switch (object) {
          case PEMKeyPair pair -> {
            return new Loaded<>(converter.getPrivateKey(pair.getPrivateKeyInfo()));
          }
          case PrivateKeyInfo info -> {
            return new Loaded<>(converter.getPrivateKey(info));
          }
          case PKCS8EncryptedPrivateKeyInfo _, PEMEncryptedKeyPair _ -> {
            return new Failed<>("the key is encrypted", "use an unencrypted key, chmod 600");
          }
          default -> {}
        }
      }
      return new Failed<>("there is no private key", hint);
    } catch (IOException | RuntimeException e) {
      return new Failed<>("the key is not valid PEM", hint);
    }
  }

  /// Whether a private key belongs to a public one: what the one signs, the other confirms.
  static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC", "ECDSA" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    byte[] probe = {1, 2, 3};
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(probe);
      byte[] signature = signer.sign();
      signer.initVerify(publicKey);
      signer.update(probe);
      return signer.verify(signature);
    } catch (GeneralSecurityException differentKinds) {
      return false;
    }
  }

  private static List<Object> objects(String pem) throws IOException {
    List<Object> objects = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (@Nullable Object next = parser.readObject(); next != null; next = parser.readObject()) {
        objects.add(next);
      }
    }
    return objects;
  }
}
