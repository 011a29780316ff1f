package io.tollwatch.proxy.admin;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.ExchangeJson;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// The routes of the admin listener. Thread-safe.
///
/// | route | token | what |
/// |---|---|---|
/// | `GET /health/live`, `/health/ready` | no | whether it runs, whether it takes calls |
/// | `GET /metrics` | no | Prometheus text |
/// | `GET /api/status` | yes | how it is |
/// | `GET /api/exchanges?...`, `/api/exchanges/{id}` | yes | what was recorded |
/// | `POST /api/reload` | yes | takes the configuration file anew |
public final class AdminApi {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Sight sight;
  private final ExchangeSearch search;
  private final byte[] token;
  private final Set<String> hosts;
  private final Predicate<InetAddress> addresses;

  /// @param token secret
  /// @param hosts accepted Host names, lower-case
  /// @param addresses whether an address may call
  public AdminApi(
      Sight sight,
      ExchangeSearch search,
      String token,
      Set<String> hosts,
      Predicate<InetAddress> addresses) {
    this.sight = sight;
    this.search = search;
    this.token = token.getBytes(StandardCharsets.UTF_8);
    this.hosts = Set.copyOf(hosts);
    this.addresses = addresses;
  }

  /// Adds the routes.
  public void routes(HttpRouting.Builder routing) {
    routing
        .any(this::checkCaller)
        .get("/health/live", (_, response) -> response.send("alive\n"))
        .get("/health/ready", (_, response) -> ready(response))
        .get("/metrics", (_, response) -> metrics(response))
        .register("/api", this::api);
  }

  private void api(HttpRules rules) {
    rules
        .any(this::checkToken)
        .get("/status", (_, response) -> send(response, Status.OK_200, sight.status()))
        .get("/exchanges", this::exchanges)
        .get("/exchanges/{id}", this::exchange)
        .post("/reload", (_, response) -> reload(response));
  }

  private void checkCaller(ServerRequest request, ServerResponse response) {
    var headers = request.headers();
    String host = headers.first(HeaderNames.HOST).orElse("");
    int colon = host.lastIndexOf(':');
    String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    boolean page =
        headers.contains(HeaderNames.ORIGIN)
            || headers.contains(HeaderNames.create("Sec-Fetch-Site"));
    boolean near =
        request.remotePeer().address() instanceof InetSocketAddress peer
            && addresses.test(peer.getAddress());
    if (!near || page || !hosts.contains(name.toLowerCase(Locale.ROOT))) {
      wrong(
          response,
          Status.FORBIDDEN_403,
          "only known Host names and addresses are accepted, and no web pages");
    } else {
      response.next();
    }
  }

  private void checkToken(ServerRequest request, ServerResponse response) {
    String given = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
    byte[] shown =
        (given.startsWith("Bearer ") ? given.substring(7) : "").getBytes(StandardCharsets.UTF_8);
    if (MessageDigest.isEqual(shown, token)) {
      response.next();
    } else {
      wrong(
          response,
          Status.UNAUTHORIZED_401,
          "the token from admin.json in the data folder is needed: Authorization: Bearer ...");
    }
  }

  private void ready(ServerResponse response) {
    boolean ready = sight.ready();
    response.status(ready ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
    response.send(ready ? "ready\n" : "not ready\n");
  }

  private void metrics(ServerResponse response) {
    response.headers().set(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    response.send(sight.metrics());
  }

  private void exchanges(ServerRequest request, ServerResponse response) {
    Map<String, String> words = new LinkedHashMap<>();
    request.query().toMap().forEach((name, values) -> words.put(name, values.getFirst()));
    switch (search.parse(words)) {
      case ExchangeSearch.Parsed.Wrong wrong ->
          wrong(response, Status.BAD_REQUEST_400, wrong.reason());
      case ExchangeSearch.Parsed.Query asked ->
          reading(
              response,
              () -> {
                List<Exchange> found = sight.ledger().find(asked.query());
                ArrayNode array = JSON.createArrayNode();
                found.forEach(exchange -> array.add(ExchangeJson.tree(exchange)));
                send(response, Status.OK_200, Map.of("exchanges", array));
              });
    }
  }

  private void exchange(ServerRequest request, ServerResponse response) {
    reading(
        response,
        () -> {
          Optional<Exchange> found = sight.ledger().byId(request.path().pathParameters().get("id"));
          if (found.isPresent()) {
            send(response, Status.OK_200, ExchangeJson.tree(found.get()));
          } else {
            wrong(response, Status.NOT_FOUND_404, "there is no one exchange with that id");
          }
        });
  }

  private void reload(ServerResponse response) {
    Optional<String> trouble = sight.reload();
    if (trouble.isEmpty()) {
      send(response, Status.OK_200, Map.of("reloaded", true));
    } else {
      wrong(response, Status.CONFLICT_409, trouble.get());
    }
  }

  private static void reading(ServerResponse response, Runnable answer) {
    try {
      answer.run();
    } catch (UncheckedIOException e) {
      wrong(response, Status.SERVICE_UNAVAILABLE_503, "the ledger can't be read now");
    }
  }

  private static void wrong(ServerResponse response, Status status, String reason) {
    send(response, status, Map.of("status", status.code(), "detail", reason));
  }

  private static void send(ServerResponse response, Status status, Object body) {
    response.status(status);
    response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
    response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
    response.send(JSON.writeValueAsBytes(body));
  }
}
