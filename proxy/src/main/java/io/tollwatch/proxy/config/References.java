package io.tollwatch.proxy.config;

import io.tollwatch.document.Section;
import io.tollwatch.proxy.config.Loading.Failed;
import io.tollwatch.proxy.config.Loading.Loaded;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// Resolves what a configuration refers to: secrets, certificates, keys. What can't be had is a
/// problem at the place of the reference. Confined to one reading.
final class References {

  private final SecretReader secrets;

  References(SecretReader secrets) {
    this.secrets = secrets;
  }

  /// The secret that the map under a key refers to.
  Optional<Secret> secret(Section section, String key) {
    return reference(section, key)
        .flatMap(reference -> resolved(section, key, secrets.line(reference)));
  }

  /// The authorities in the file that a key names.
  Optional<TrustAnchors> trust(Section section, String key) {
    return section
        .path(key)
        .flatMap(file ->
            resolved(section, key, PemReader.certificates(file))
                .map(certificates -> new TrustAnchors(file, certificates)));
  }

  /// The certificate and key under a key.
  Optional<ClientCertificate> clientCertificate(Section section, String key) {
    Section pair = section.section(key);
    Optional<Path> file = pair.path("certificate");
    Optional<List<X509Certificate>> chain =
        file.flatMap(path -> resolved(pair, "certificate", PemReader.certificates(path)));
    Optional<PrivateKey> privateKey =
        reference(pair, "key")
            .flatMap(reference -> resolved(pair, "key", secrets.text(reference)))
            .flatMap(pem -> resolved(pair, "key", PemReader.privateKey(pem)));
    if (chain.isEmpty() || privateKey.isEmpty()) {
      return Optional.empty();
    }
    PrivateKey found = privateKey.get();
    if (!PemReader.belongTogether(found, chain.get().getFirst().getPublicKey())) {
      pair.wrong(
          "key", ": the key does not belong to the certificate", "name the key made with it");
    }
    return file.map(path -> new ClientCertificate(path, chain.get(), found));
  }

  private static Optional<SecretRef> reference(Section section, String key) {
    Section reference = section.section(key);
    return reference
        .text("env")
        .<SecretRef>map(SecretRef.Env::new)
        .or(() -> reference.path("file").map(SecretRef.FromFile::new));
  }

  private static <T> Optional<T> resolved(Section section, String key, Loading<T> loading) {
    return switch (loading) {
      case Loaded<T>(T value) -> Optional.of(value);
      case Failed<T>(String message, String hint) -> {
        section.wrong(key, ": " + message, hint);
        yield Optional.empty();
      }
    };
  }
}
