package io.tollwatch.proxy.admin;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.health.Order;
import io.tollwatch.taxonomy.Operation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The routes below `/api/breakers`: how breakers stand, and orders to them. Thread-safe.
///
/// An order is `POST /api/breakers/open`, `/close`, `/observe` or `/release` with `{"provider",
/// "operation", "reason", "who", "for"}`: without an operation it is for all of them.
public final class BreakersApi {

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
      act(request.path().pathParameters().get("action"), Wish.read(request, MEMBERS));
      AdminApi.send(response, Status.OK_200, all());
    } catch (Wish.Wrong e) {
      e.tell(response);
    }
  }

  private void act(String action, Wish wish) throws Wish.Wrong {
    String provider = wish.text("provider");
    if (!desk.isProvider(provider)) {
      throw Wish.wrong("no provider is named '" + provider + "'");
    }
    Optional<Operation> operation = operation(wish.text("operation"));
    String reason = wish.text("reason");
    String who = wish.text("who");
    if (action.equals("release")) {
      release(provider, operation, reason, who);
      return;
    }
    BreakerState state = ORDERS.get(action);
    if (state == null) {
      throw new Wish.Wrong(
          Status.NOT_FOUND_404, "a breaker can be told to open, close, observe or release");
    }
    switch (Order.of(state, reason, who, wish.time("for"), desk.now())) {
      case Order.Given.Right(Order order) -> desk.order(provider, operation, order);
      case Order.Given.Wrong(String why) -> throw Wish.wrong(why);
    }
  }

  private void release(String provider, Optional<Operation> operation, String reason, String who)
      throws Wish.Wrong {
    if (reason.isBlank() || who.isBlank()) {
      throw Wish.wrong("to end an order takes a reason and the name of who ends it");
    }
    if (desk.release(provider, operation, reason, who) == 0) {
      throw new Wish.Wrong(Status.CONFLICT_409, "no such breaker stands by an order");
    }
  }

  private static Optional<Operation> operation(String word) throws Wish.Wrong {
    if (word.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Operation.ofWord(word));
    } catch (IllegalArgumentException e) {
      throw Wish.wrong("an operation is pay, capture, refund, void, query or other");
    }
  }
}
