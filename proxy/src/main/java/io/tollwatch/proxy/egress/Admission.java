package io.tollwatch.proxy.egress;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import io.tollwatch.attempt.Fields;
import io.tollwatch.proxy.http1.Refused;
import io.tollwatch.proxy.http1.ServerExchange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Who may call a listener: the port carries secrets, and any web page in a browser on the machine
/// could try it. Immutable, thread-safe.
///
/// @param hosts accepted Host names, lower-case, without port
/// @param token what `Tollwatch-Token` must be, where one is wanted; secret
/// @param addresses whether an address may call
public record Admission(
    Set<String> hosts, Optional<byte[]> token, Predicate<InetAddress> addresses) {

  static final String TOKEN_FIELD = "Tollwatch-Token";

  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

  /// That of a listener with these names and addresses, without a token.
  public static Admission of(Collection<String> hosts, Predicate<InetAddress> addresses) {
    Set<String> names =
        hosts.stream()
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    return new Admission(names, Optional.empty(), addresses);
  }

  /// Refuses who may not call.
  void check(ServerExchange exchange) throws Refused {
    Fields fields = exchange.head().fields();
    if (!addresses.test(exchange.peer())) {
      throw new Refused(403, "your address is not in allow-from");
    }
    checkHost(fields, exchange.head().http10());
    if (fields.first("Origin").isPresent() || fields.first("Sec-Fetch-Site").isPresent()) {
      throw new Refused(403, "requests of web pages are not accepted (Origin, Sec-Fetch-Site)");
    }
    if (token.isPresent()) {
      checkToken(fields, token.get());
    }
  }

  /// Whether that request may come in where Helidon reads them: by address, by Host name, and not
  /// from a web page. Asks for no token.
  public boolean admits(ServerRequest request) {
    ServerRequestHeaders headers = request.headers();
    boolean page = headers.contains(HeaderNames.ORIGIN) || headers.contains(FETCH_SITE);
    return !page
        && hosts.contains(name(headers.first(HeaderNames.HOST).orElse("")))
        && request.remotePeer().address() instanceof InetSocketAddress peer
        && addresses.test(peer.getAddress());
  }

  /// Refuses who does not know the token.
  static void checkToken(Fields fields, byte[] wanted) throws Refused {
    byte[] shown = fields.first(TOKEN_FIELD).orElse("").getBytes(StandardCharsets.ISO_8859_1);
    if (!MessageDigest.isEqual(shown, wanted)) {
      throw new Refused(401, "the field " + TOKEN_FIELD + " with the client token is needed");
    }
  }

  private void checkHost(Fields fields, boolean http10) throws Refused {
    List<String> given = fields.values("Host");
    if (given.isEmpty() && http10) {
      return;
    }
    if (given.size() != 1) {
      throw new Refused(400, "exactly one Host field is needed");
    }
    if (!hosts.contains(name(given.getFirst()))) {
      throw new Refused(421, "a Host name that this listener is not known by (egress.hosts)");
    }
  }

  private static String name(String host) {
    int colon = host.lastIndexOf(':');
    boolean port = colon > host.lastIndexOf(']');
    return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
  }

  /// Without the token.
  @Override
  public String toString() {
    return "Admission" + hosts;
  }
}
