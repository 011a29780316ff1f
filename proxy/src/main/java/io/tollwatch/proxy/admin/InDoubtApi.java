package io.tollwatch.proxy.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tollwatch.attempt.Fields;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.ledger.store.ExchangeJson;
import io.tollwatch.reconcile.Doubt;
import io.tollwatch.reconcile.Heard;
import io.tollwatch.reconcile.Total;
import io.tollwatch.taxonomy.Money;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/// The routes for payments in doubt. Thread-safe.
///
/// | route | what |
/// |---|---|
/// | `GET /in-doubt` | what is open, the oldest first, with totals and double charges |
/// | `GET /in-doubt/{id}` | one of them, with its exchange |
/// | `POST /in-doubt/{id}/resolve` | says what it came to: `{"money", "reason", "who"}` |
/// | `POST /evidence` | relays a webhook: `{"provider", "headers": {}, "body"}`, the body as text |
final class InDoubtApi {

  private static final int SHOWN = 1_000;
  private static final int MAX_BODY = 512 << 10;
  private static final int MAX_REASON = 500;
  private static final int MAX_WHO = 100;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultPropertyInclusion(
              value -> value.withValueInclusion(JsonInclude.Include.NON_ABSENT))
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .build();

  private final Sight sight;

  InDoubtApi(Sight sight) {
    this.sight = sight;
  }

  void routes(HttpRules rules) {
    rules
        .get("/in-doubt", (_, response) -> list(response))
        .get("/in-doubt/{id}", this::show)
        .post("/in-doubt/{id}/resolve", this::resolve)
        .post("/evidence", this::evidence);
  }

  private void list(ServerResponse response) {
    List<Doubt> doubts = sight.doubts().list();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("at", sight.now().toString());
    answer.put("doubts", doubts.stream().limit(SHOWN).toList());
    answer.put("not_shown", Math.max(0, doubts.size() - SHOWN) + sight.doubts().beyond());
    answer.put("totals", Total.of(doubts));
    answer.put("looks_stopped", sight.stopped());
    answer.put("double_charges", sight.doubts().doubleCharges());
    send(response, answer);
  }

  private void show(ServerRequest request, ServerResponse response) {
    Optional<Doubt> open = open(request);
    Optional<Exchange> found = found(request);
    if (open.isEmpty() && found.isEmpty()) {
      missing(response);
      return;
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    open.or(() -> found.flatMap(exchange -> sight.doubts().find(exchange.id())))
        .ifPresent(doubt -> answer.put("doubt", doubt));
    found.ifPresent(exchange -> answer.put("exchange", ExchangeJson.tree(exchange)));
    send(response, answer);
  }

  /// What the register knows needs no store, which may be behind or down.
  private void resolve(ServerRequest request, ServerResponse response) {
    Optional<Doubt> open = open(request);
    if (open.isPresent()) {
      resolve(open.get().exchange(), open.get().provider(), request, response);
      return;
    }
    Optional<Exchange> found = found(request);
    if (found.isEmpty()) {
      missing(response);
    } else if (!mayBeResolved(found.get())) {
      AdminApi.wrong(
          response,
          Status.CONFLICT_409,
          "it is neither in doubt nor pending: "
              + found.get().money().map(Money::word).orElse("under way"));
    } else {
      resolve(found.get().id(), found.get().intent().provider(), request, response);
    }
  }

  private void resolve(
      String exchange, String provider, ServerRequest request, ServerResponse response) {
    JsonNode body = body(request);
    String reason = body.path("reason").asString("").strip();
    String who = body.path("who").asString("").strip();
    Optional<Money> money = money(body.path("money").asString(""));
    Optional<String> wrong = wrong(money, reason, who);
    if (wrong.isPresent()) {
      AdminApi.wrong(response, Status.BAD_REQUEST_400, wrong.get());
      return;
    }
    Resolution resolution =
        sight.doubts().resolveByHand(exchange, provider, money.orElseThrow(), reason, who);
    send(response, Map.of("resolution", resolution));
  }

  private static void missing(ServerResponse response) {
    AdminApi.wrong(response, Status.NOT_FOUND_404, "there is no one exchange with that id");
  }

  private Optional<Doubt> open(ServerRequest request) {
    return sight.doubts().find(request.path().pathParameters().get("id").toUpperCase(Locale.ROOT));
  }

  private void evidence(ServerRequest request, ServerResponse response) {
    JsonNode told = body(request);
    Fields fields = Fields.none();
    for (Map.Entry<String, JsonNode> header : told.path("headers").properties()) {
      fields = fields.plus(header.getKey(), header.getValue().asString(""));
    }
    if (!told.path("body").isString() || !told.path("provider").isString()) {
      AdminApi.wrong(
          response,
          Status.BAD_REQUEST_400,
          "provider, headers and body are needed, the body as the text that came");
      return;
    }
    Optional<Heard> heard =
        sight.hear(told.path("provider").asString(), fields, told.path("body").asString());
    if (heard.isPresent()) {
      send(response, heard.get());
    } else {
      AdminApi.wrong(response, Status.NOT_FOUND_404, "there is no such provider");
    }
  }

  private static boolean mayBeResolved(Exchange exchange) {
    return exchange.intent().movesMoney()
        && (exchange.outcome().isEmpty()
            || !exchange.resolutions().isEmpty()
            || exchange.money().filter(InDoubtApi::isOpen).isPresent());
  }

  private static boolean isOpen(Money money) {
    return money == Money.IN_DOUBT || money == Money.PENDING;
  }

  private static Optional<Money> money(String word) {
    return switch (word) {
      case "succeeded" -> Optional.of(Money.SUCCEEDED);
      case "not_taken" -> Optional.of(Money.REJECTED);
      default -> Optional.empty();
    };
  }

  private static Optional<String> wrong(Optional<Money> money, String reason, String who) {
    if (money.isEmpty()) {
      return Optional.of("money must be succeeded or not_taken");
    }
    if (reason.isEmpty() || reason.length() > MAX_REASON) {
      return Optional.of("a reason of 1 to " + MAX_REASON + " characters is needed");
    }
    return who.isEmpty() || who.length() > MAX_WHO
        ? Optional.of("who says so is needed, in 1 to " + MAX_WHO + " characters")
        : Optional.empty();
  }

  private Optional<Exchange> found(ServerRequest request) {
    try {
      return sight.ledger().byId(request.path().pathParameters().get("id"));
    } catch (UncheckedIOException e) {
      throw new AdminApi.Unreadable(e);
    }
  }

  private static JsonNode body(ServerRequest request) {
    try (InputStream content = request.content().inputStream()) {
      return JSON.readTree(content.readNBytes(MAX_BODY));
    } catch (IOException | JacksonException e) {
      return JSON.createObjectNode(); // says nothing, which is then told
    }
  }

  private static void send(ServerResponse response, Object body) {
    response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
    response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
    response.send(JSON.writeValueAsBytes(body));
  }
}
