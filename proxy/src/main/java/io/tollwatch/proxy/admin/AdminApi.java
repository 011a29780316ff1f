package io.tollwatch.proxy.admin;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.PathMatchers;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Rejudgement;
import io.tollwatch.ledger.store.ExchangeJson;
import io.tollwatch.ledger.store.ExchangeQuery;
import io.tollwatch.proxy.egress.Admission;
import io.tollwatch.report.ReportFormat;
import io.tollwatch.report.ReportKind;
import io.tollwatch.report.ReportRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// The routes of the admin listener. Thread-safe.
///
/// | route | token | what |
/// |---|---|---|
/// | `GET /health/live`, `/health/ready` | no | whether it runs, whether it takes calls |
/// | `GET /metrics` | no | Prometheus text |
/// | `GET /api/status` | yes | how it is |
/// | `GET /api/exchanges?...`, `/api/exchanges/{id}` | yes | what was recorded |
/// | `GET /api/reports/{kind}?...` | yes | a report, in the format that is said or accepted |
/// | `GET /api/incidents/{id}/pack?...` | yes | all evidence of an incident as a ZIP file |
/// | `POST /api/incidents/{id}/notes` | yes | keeps a note with an incident |
/// | `GET /api/exchanges/{id}/rejudgements` | yes | what judging it again came to |
/// | `POST /api/rejudgements` | yes | keeps that, beside the verdicts that are there |
/// | `GET /api/in-doubt...`, `POST /api/in-doubt/{id}/resolve` | yes | payments in doubt |
/// | `GET /api/breakers`, `POST /api/breakers/...` | yes | breakers, and orders to them |
/// | `GET /api/channels...`, `POST /api/channels/...` | yes | channels, and orders to their providers |
/// | `GET /api/checks`, `POST /api/checks/...` | yes | scheduled checks, and orders to them |
/// | `POST /api/reload` | yes | takes the configuration file anew |
public final class AdminApi {

  private static final int READERS = 4;

  /// In bytes: a page of verdicts is a tenth of that.
  private static final int MAX_REJUDGEMENTS = 16 * 1024 * 1024;

  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final Sight sight;
  private final ExchangeSearch search;
  private final ReportApi reports;
  private final BreakersApi breakers;
  private final ChannelsApi channels;
  private final ChecksApi checks;
  private final byte[] token;
  private final Admission callers;
  private final Readers readers;

  /// @param token secret
  /// @param callers who may call
  public AdminApi(
      Sight sight,
      ExchangeSearch search,
      ReportSearch reports,
      BreakersApi breakers,
      ChannelsApi channels,
      ChecksApi checks,
      String token,
      Admission callers) {
    this.sight = sight;
    this.search = search;
    this.reports = new ReportApi(reports);
    this.breakers = breakers;
    this.channels = channels;
    this.checks = checks;
    this.readers = new Readers(READERS, Runtime.getRuntime().availableProcessors(), sight::isBusy);
    this.token = token.getBytes(StandardCharsets.UTF_8);
    this.callers = callers;
  }

  /// Adds the routes.
  public void routes(HttpRouting.Builder routing) {
    routing
        .error(Unreadable.class, (_, response, _) -> unreadable(response))
        .error(RuntimeException.class, AdminApi::failed)
        .any(this::checkCaller);
    look(routing, "/health/live", _ -> "alive\n");
    look(routing, "/health/ready", this::ready);
    look(routing, "/metrics", this::metrics);
    routing.register("/api", this::api).any((_, response) -> nothingThere(response));
  }

  private void api(HttpRules rules) {
    rules
        .any(this::checkToken)
        .get("/status", (_, response) -> send(response, Status.OK_200, sight.status()))
        .get("/exchanges", this::exchanges)
        .get("/exchanges/{id}", this::exchange)
        .get("/reports/{kind}", this::report)
        .get("/incidents/{id}/pack", this::pack)
        .get("/exchanges/{id}/rejudgements", this::rejudgements)
        .post("/rejudgements", this::keep)
        .post("/reload", (_, response) -> reload(response));
    new InDoubtApi(sight).routes(rules);
    new IncidentsApi(sight).routes(rules);
    breakers.routes(rules);
    channels.routes(rules);
    checks.routes(rules);
  }

  /// Load balancers look with HEAD, too, to which Helidon would send the text.
  private static void look(
      HttpRouting.Builder routing, String path, Function<ServerResponse, String> text) {
    routing.route(
        Method.predicate(Method.GET, Method.HEAD),
        PathMatchers.exact(path),
        (request, response) -> {
          String answer = text.apply(response);
          if (request.prologue().method().equals(Method.HEAD)) {
            response.send();
          } else {
            response.send(answer);
          }
        });
  }

  private void checkCaller(ServerRequest request, ServerResponse response) {
    if (!callers.admits(request)) {
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

  private String ready(ServerResponse response) {
    boolean ready = sight.ready();
    response.status(ready ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
    // calls are taken whatever the ledger does (P4), so that is no reason not to be ready
    String degraded = sight.degraded().map(why -> ", but degraded: " + why).orElse("");
    return (ready ? "ready" : "not ready") + degraded + "\n";
  }

  private String metrics(ServerResponse response) {
    response.headers().set(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    return sight.metrics();
  }

  private void exchanges(ServerRequest request, ServerResponse response) {
    Optional<Map<String, String>> words = words(request, response);
    if (words.isPresent()) {
      switch (search.parse(words.get())) {
        case ExchangeSearch.Parsed.Wrong wrong ->
            wrong(response, Status.BAD_REQUEST_400, wrong.reason());
        case ExchangeSearch.Parsed.Query asked ->
            reading(response, () -> list(asked.query(), response));
      }
    }
  }

  private void report(ServerRequest request, ServerResponse response) {
    Optional<Map<String, String>> words = words(request, response);
    if (words.isPresent()) {
      switch (reports.wish(request, words.get())) {
        case ReportApi.Wish.Wrong wrong -> wrong(response, wrong.status(), wrong.reason());
        case ReportApi.Wish.Right right ->
            reading(response, () -> report(right.request(), response));
      }
    }
  }

  private void report(ReportRequest request, ServerResponse response) {
    sending(response, () -> reports.send(request, sight.reports(), response));
  }

  private void pack(ServerRequest request, ServerResponse response) {
    Optional<Map<String, String>> words = words(request, response);
    if (words.isPresent()) {
      Map<String, String> all = new LinkedHashMap<>(words.get());
      all.put("id", request.path().pathParameters().get("id"));
      switch (reports.search().parse(ReportKind.INCIDENT.word(), all, ReportFormat.MD)) {
        case ReportSearch.Parsed.Wrong wrong ->
            wrong(response, Status.BAD_REQUEST_400, wrong.reason());
        case ReportSearch.Parsed.Right right ->
            reading(
                response,
                () -> sending(response, () -> reports.sendPack(right.request(), sight, response)));
      }
    }
  }

  /// A report that is cut must look like one.
  private static void sending(ServerResponse response, Runnable report) {
    try {
      report.run();
    } catch (UncheckedIOException e) {
      if (response.isSent()) {
        throw e;
      }
      throw new Unreadable(e);
    }
  }

  /// The query's words; empty if one is there twice, which is answered then.
  private static Optional<Map<String, String>> words(
      ServerRequest request, ServerResponse response) {
    Map<String, String> words = new LinkedHashMap<>();
    for (var word : request.query().toMap().entrySet()) {
      if (word.getValue().size() != 1) {
        wrong(response, Status.BAD_REQUEST_400, "a filter may be given once only");
        return Optional.empty();
      }
      words.put(word.getKey(), word.getValue().getFirst());
    }
    return Optional.of(words);
  }

  private void list(ExchangeQuery query, ServerResponse response) {
    Listing listing = new Listing(response);
    try {
      new Pages(sight.ledger()).each(query, listing);
    } catch (UncheckedIOException e) {
      if (listing.begun()) {
        throw e; // a list that is cut must look like one
      }
      throw new Unreadable(e);
    }
    listing.end();
  }

  private void exchange(ServerRequest request, ServerResponse response) {
    reading(
        response,
        () -> {
          Optional<Exchange> found = found(request.path().pathParameters().get("id"));
          if (found.isPresent()) {
            send(response, Status.OK_200, ExchangeJson.tree(found.get()));
          } else {
            wrong(response, Status.NOT_FOUND_404, "there is no one exchange with that id");
          }
        });
  }

  private Optional<Exchange> found(String id) {
    try {
      return sight.ledger().byId(id);
    } catch (UncheckedIOException e) {
      throw new Unreadable(e);
    }
  }

  private void rejudgements(ServerRequest request, ServerResponse response) {
    String id = request.path().pathParameters().get("id");
    reading(response, () -> send(response, Status.OK_200, ExchangeJson.tree(rejudgements(id))));
  }

  private List<Rejudgement> rejudgements(String id) {
    try {
      return sight.ledger().rejudgements(id);
    } catch (UncheckedIOException e) {
      throw new Unreadable(e);
    }
  }

  private void keep(ServerRequest request, ServerResponse response) {
    try (InputStream body = request.content().inputStream()) {
      byte[] read = body.readNBytes(MAX_REJUDGEMENTS + 1);
      if (read.length > MAX_REJUDGEMENTS) {
        wrong(response, Status.REQUEST_ENTITY_TOO_LARGE_413, "that is too much at once");
        return;
      }
      int kept = sight.keep(ExchangeJson.rejudgements(JSON.readTree(read)));
      send(response, Status.OK_200, Map.of("kept", kept));
    } catch (IllegalArgumentException | JacksonException e) {
      wrong(response, Status.BAD_REQUEST_400, "a list of verdicts is needed");
    } catch (IOException e) {
      wrong(response, Status.BAD_REQUEST_400, "the request can't be read");
    } catch (UncheckedIOException e) {
      wrong(response, Status.SERVICE_UNAVAILABLE_503, "the ledger takes nothing now");
    }
  }

  private void reload(ServerResponse response) {
    Optional<String> trouble = sight.reload();
    if (trouble.isEmpty()) {
      send(response, Status.OK_200, Map.of("reloaded", true));
    } else {
      wrong(response, Status.CONFLICT_409, trouble.get());
    }
  }

  private void reading(ServerResponse response, Runnable answer) {
    try {
      if (!readers.read(answer)) {
        wrong(
            response,
            Status.SERVICE_UNAVAILABLE_503,
            "too many read the ledger at once; try again");
      }
    } catch (Unreadable e) {
      unreadable(response);
    }
  }

  private static void unreadable(ServerResponse response) {
    wrong(response, Status.SERVICE_UNAVAILABLE_503, "the ledger can't be read now");
  }

  private static void nothingThere(ServerResponse response) {
    wrong(
        response,
        Status.NOT_FOUND_404,
        "there is nothing; GET /health/live, /health/ready, /metrics, /api/status, /api/exchanges,"
            + " /api/reports, /api/breakers, /api/channels, /api/checks, /api/in-doubt and POST /api/rejudgements, /api/reload,"
            + " /api/breakers/open, close, observe, release, /api/channels/drain, canary, release,"
            + " /api/checks/run, pause, resume,"
            + " /api/incidents/{id}/notes and pack,"
            + " /api/in-doubt/{id}/resolve are all");
  }

  private static void failed(
      ServerRequest request, ServerResponse response, RuntimeException trouble) {
    if (response.isSent()) {
      throw trouble;
    }
    wrong(response, Status.INTERNAL_SERVER_ERROR_500, "that failed: " + trouble.getClass());
  }

  static void wrong(ServerResponse response, Status status, String reason) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("title", status.reasonPhrase());
    problem.put("status", status.code());
    problem.put("detail", reason);
    send(response, status, "application/problem+json", problem);
  }

  static void send(ServerResponse response, Status status, Object body) {
    send(response, status, "application/json", body);
  }

  private static void send(ServerResponse response, Status status, String type, Object body) {
    response.status(status);
    response.headers().set(HeaderNames.CONTENT_TYPE, type);
    response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
    response.send(JSON.writeValueAsBytes(body));
  }

  /// The ledger could not be read, and nothing of the answer was sent.
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unreadable(UncheckedIOException cause) {
      super(cause);
    }
  }
}
