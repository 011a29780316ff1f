package io.tollwatch.proxy.config;

import io.tollwatch.document.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads URLs strictly. Their text is never repeated in a problem, because it may hold a password.
/// Stateless.
final class UrlText {

  private static final Pattern BASE_PATH = Pattern.compile("(/[A-Za-z0-9._~!$&'()*+,=:@-]+)*");
  private static final Pattern DOT_SEGMENT = Pattern.compile("/\\.\\.?(/|$)");

  private UrlText() {}

  /// The base URL of a gateway. A slash at its end means nothing and is left out.
  static Optional<URI> base(Section section, String key) {
    Optional<URI> url = authority(section, key);
    if (url.isEmpty()) {
      return url;
    }
    String path = url.get().getRawPath().replaceFirst("/$", "");
    if (!BASE_PATH.matcher(path).matches() || DOT_SEGMENT.matcher(path).find()) {
      section.wrong(
          key, " has a base path that can't be kept apart from a request's", "use a plain path");
      return Optional.empty();
    }
    return Optional.of(
        URI.create(url.get().getScheme() + "://" + url.get().getRawAuthority() + path));
  }

  /// The URL of an HTTP proxy: host and port, nothing else.
  static Optional<URI> proxy(Section section, String key) {
    Optional<URI> url = authority(section, key);
    if (url.isPresent() && (url.get().getPort() < 0 || url.get().getRawPath().length() > 1)) {
      section.wrong(
          key, " is not just a host and a port", "write a URL such as http://proxy.local:3128");
      return Optional.empty();
    }
    return url;
  }

  private static Optional<URI> authority(Section section, String key) {
    Optional<String> text = section.text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<URI> url = parsed(text.get());
    if (url.isEmpty() || url.get().getRawAuthority() == null) {
      section.wrong(key, " is not a URL", "write a URL such as https://api.example.com");
    } else if (url.get().getRawAuthority().contains("@")) {
      section.wrong(
          key, " holds a user or password", "leave it out, and set the credential under headers");
    } else if (url.get().getHost() == null
        || url.get().getPort() > 65535
        || url.get().getPort() == 0) {
      section.wrong(
          key, " has no valid host and port", "write a URL such as https://api.example.com");
    } else if (url.get().getRawQuery() != null || url.get().getRawFragment() != null) {
      section.wrong(key, " has a query or fragment", "leave out everything from ? or # on");
    } else {
      return url;
    }
    return Optional.empty();
  }

  private static Optional<URI> parsed(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException notOne) {
      return Optional.empty();
    }
  }
}
