package io.tollwatch.proxy.admin;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tollwatch.document.DurationText;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.health.Order;
import io.tollwatch.taxonomy.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The routes below `/api/breakers`: how breakers stand, and orders to them. Thread-safe.
///
/// An order is `POST /api/breakers/open`, `/close`, `/observe` or `/release` with `{"provider",
/// "operation", "reason", "who", "for"}`: without an operation it is for all of them.
public final class BreakersApi {

  private static final int MAX_BODY = 4096;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> MEMBERS =
      Set.of("provider", "operation", "reason", "who", "for");

  private static final Map<String, BreakerState> ORDERS =
      Map.of(
          "open", BreakerState.FORCED_OPEN,
          "close", BreakerState.FORCED_CLOSED,
          "observe", BreakerState.OBSERVE_ONLY);

  private final BreakerDesk desk;

  /// The routes to this desk.
  public BreakersApi(BreakerDesk desk) {
    this.desk = desk;
  }

  /// A wish that can't be granted. Says why.
  private static final class Wrong extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Status status;

    Wrong(Status status, String reason) {
      super(reason);
      this.status = status;
    }
  }

  void routes(HttpRules rules) {
    rules
        .get("/breakers", (_, response) -> AdminApi.send(response, Status.OK_200, all()))
        .post("/breakers/{action}", this::act);
  }

  private Map<String, Object> all() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(
        "own_network_fails_since", desk.ownNetworkFailsSince().map(Instant::toString).orElse(""));
    all.put("breakers", statuses());
    return all;
  }

  private List<BreakerStatus> statuses() {
    return desk.standings().stream().map(BreakerStatus::of).toList();
  }

  private void act(ServerRequest request, ServerResponse response) {
    try {
      act(request.path().pathParameters().get("action"), read(request));
      AdminApi.send(response, Status.OK_200, all());
    } catch (Wrong e) {
      AdminApi.wrong(response, e.status, String.valueOf(e.getMessage()));
    }
  }

  private void act(String action, JsonNode wish) throws Wrong {
    String provider = text(wish, "provider");
    if (!desk.isProvider(provider)) {
      throw wrong("no provider is named '" + provider + "'");
    }
    Optional<Operation> operation = operation(text(wish, "operation"));
    String reason = text(wish, "reason");
    String who = text(wish, "who");
    if (action.equals("release")) {
      release(provider, operation, reason, who);
      return;
    }
    BreakerState state = ORDERS.get(action);
    if (state == null) {
      throw new Wrong(
          Status.NOT_FOUND_404, "a breaker can be told to open, close, observe or release");
    }
    switch (Order.of(state, reason, who, time(text(wish, "for")), desk.now())) {
      case Order.Given.Right(Order order) -> desk.order(provider, operation, order);
      case Order.Given.Wrong(String why) -> throw wrong(why);
    }
  }

  private void release(String provider, Optional<Operation> operation, String reason, String who)
      throws Wrong {
    if (reason.isBlank() || who.isBlank()) {
      throw wrong("to end an order takes a reason and the name of who ends it");
    }
    if (desk.release(provider, operation, reason, who) == 0) {
      throw new Wrong(Status.CONFLICT_409, "no such breaker stands by an order");
    }
  }

  private static JsonNode read(ServerRequest request) throws Wrong {
    String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
    if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw new Wrong(Status.UNSUPPORTED_MEDIA_TYPE_415, "send application/json");
    }
    try {
      byte[] body = request.content().inputStream().readNBytes(MAX_BODY + 1);
      JsonNode wish = body.length > MAX_BODY ? JSON.nullNode() : JSON.readTree(body);
      if (!wish.isObject() || !MEMBERS.containsAll(wish.propertyNames())) {
        throw wrong("send one object with provider, operation, reason, who and for only");
      }
      return wish;
    } catch (JacksonException e) {
      throw wrong("that is no JSON");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Operation> operation(String word) throws Wrong {
    if (word.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Operation.ofWord(word));
    } catch (IllegalArgumentException e) {
      throw wrong("an operation is pay, capture, refund, void, query or other");
    }
  }

  private static Optional<Duration> time(String text) throws Wrong {
    Optional<Duration> time = DurationText.parse(text).map(DurationText::duration);
    if (time.isEmpty() && !text.isEmpty()) {
      throw wrong("a time is a whole number and its unit (ms, s, m, h, d), such as 30m");
    }
    return time;
  }

  private static String text(JsonNode wish, String name) {
    return wish.path(name).asString("");
  }

  private static Wrong wrong(String reason) {
    return new Wrong(Status.BAD_REQUEST_400, reason);
  }
}
