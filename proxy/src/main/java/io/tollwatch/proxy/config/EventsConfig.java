package io.tollwatch.proxy.config;

import io.tollwatch.document.Section;
import java.net.URI;
import java.util.Optional;

/// Where the payment service is told what payments in doubt came to. Immutable.
///
/// @param url of the service; required
/// @param secret under which events are signed; required
public record EventsConfig(URI url, Secret secret) {

  static Optional<EventsConfig> bind(Section section, References references) {
    Optional<URI> url = UrlText.base(section, "url");
    Optional<Secret> secret = references.secret(section, "secret");
    return url.isPresent() && secret.isPresent()
        ? Optional.of(new EventsConfig(url.get(), secret.get()))
        : Optional.empty();
  }
}
