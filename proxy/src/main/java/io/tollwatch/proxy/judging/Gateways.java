package io.tollwatch.proxy.judging;

import io.tollwatch.document.Shown;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Profiles;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.config.ProviderConfig;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds the profile of a provider or kind of gateway. Immutable.
///
/// @param configuration whose providers are known, by name and by host
public record Gateways(Configuration configuration, Profiles profiles) {

  /// Who answered.
  ///
  /// @param name the provider's, or the profile's
  /// @param basePath what stands before the paths that the profile knows; may be empty
  public record Gateway(String name, Profile profile, String basePath) {}

  /// The one of that name.
  public Optional<Gateway> named(String name) {
    return configuration
        .provider(name)
        .map(this::gateway)
        .or(() ->
            profiles.names().contains(name)
                ? Optional.of(new Gateway(name, profiles.byName(name), ""))
                : Optional.empty());
  }

  /// The provider at the host of a URL.
  public Optional<Gateway> at(String url) {
    String host = host(url);
    return configuration.providers().values().stream()
        .filter(provider -> host.equalsIgnoreCase(provider.url().getHost()))
        .findFirst()
        .map(this::gateway);
  }

  /// Says that there is none of that name, and what was meant.
  public String unknown(String name) {
    Set<String> known = new TreeSet<>(profiles.names());
    known.addAll(configuration.providers().keySet());
    return "there is no gateway %s; %s"
        .formatted(
            Shown.key(name),
            Shown.nearest(name, known)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElseGet(() -> "there are " + String.join(", ", known)));
  }

  /// Path and query of a URL, or of what is only these.
  static String target(String url) {
    int scheme = url.indexOf("://");
    int path = scheme < 0 ? 0 : url.indexOf('/', scheme + 3);
    String target = path < 0 ? "/" : url.substring(path);
    int fragment = target.indexOf('#');
    return fragment < 0 ? target : target.substring(0, fragment);
  }

  private static String host(String url) {
    int scheme = url.indexOf("://");
    if (scheme < 0) {
      return "";
    }
    String rest = url.substring(scheme + 3);
    String authority = rest.split("[/?#]", 2)[0];
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    return host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
  }

  private Gateway gateway(ProviderConfig provider) {
    URI url = provider.url();
    String path = Optional.ofNullable(url.getRawPath()).orElse("");
    return new Gateway(
        provider.name(),
        profiles.byName(provider.profile()),
        path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
  }
}
