package io.tollwatch.proxy.admin;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tollwatch.health.UsOrThem;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The routes below `/api/checks`: how scheduled checks stand, and orders to them. Thread-safe.
///
/// An order is `POST /api/checks/run`, `/pause` or `/resume` with `{"check", "reason", "who"}`;
/// only a pause needs a reason. `GET /api/checks/leaks` is the test money that is out, and `POST
/// /api/checks/settle` with `{"id", "reason", "who"}` says that one of it is settled.
public final class ChecksApi {

  private static final Set<String> MEMBERS = new TreeSet<>(Set.of("check", "id", "reason", "who"));
  private static final Set<String> ORDERS = Set.of("run", "pause", "resume", "settle");

  private final CheckDesk desk;
  private final InstantSource clock;

  /// The routes to this desk.
  public ChecksApi(CheckDesk desk, InstantSource clock) {
    this.desk = desk;
    this.clock = clock;
  }

  void routes(HttpRules rules) {
    rules
        .get("/checks", (_, response) -> AdminApi.send(response, Status.OK_200, all()))
        .get("/checks/leaks", (_, response) -> leaks(response))
        .post("/checks/{action}", this::act);
  }

  private Map<String, Object> all() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("trouble", desk.checksTrouble());
    all.put("us_or_them", findings(desk.usOrThem()));
    all.put("checks", desk.checks());
    return all;
  }

  /// As JSON says them.
  static List<Map<String, String>> findings(List<UsOrThem.Finding> findings) {
    return findings.stream()
        .map(each -> {
          Map<String, String> shown = new LinkedHashMap<>();
          shown.put("culprit", each.culprit().word());
          shown.put("provider", each.provider().orElse(""));
          shown.put("operation", each.operation().map(it -> it.word()).orElse(""));
          shown.put("sentence", each.sentence());
          return shown;
        })
        .toList();
  }

  private void act(ServerRequest request, ServerResponse response) {
    try {
      String action = request.path().pathParameters().get("action");
      act(action, Wish.read(request, MEMBERS));
      AdminApi.send(response, Status.OK_200, action.equals("settle") ? out() : all());
    } catch (Wish.Wrong e) {
      e.tell(response);
    } catch (UncheckedIOException e) {
      AdminApi.wrong(
          response, Status.SERVICE_UNAVAILABLE_503, "the ledger's database is away; try again");
    }
  }

  private void act(String action, Wish wish) throws Wish.Wrong {
    if (!ORDERS.contains(action)) {
      throw new Wish.Wrong(
          Status.NOT_FOUND_404, "a check can be told to run, or be paused or resumed");
    }
    if (action.equals("settle")) {
      settle(wish);
      return;
    }
    String check = wish.text("check");
    if (!desk.isCheck(check)) {
      throw Wish.wrong("no scheduled check is named '" + check + "'");
    }
    switch (action) {
      case "run" -> {
        if (!desk.runNow(check)) {
          throw new Wish.Wrong(Status.CONFLICT_409, "it runs already, or is about to");
        }
      }
      case "pause" -> pause(check, wish);
      default -> {
        if (!desk.resume(check)) {
          throw new Wish.Wrong(Status.CONFLICT_409, "it is not paused");
        }
      }
    }
  }

  private void pause(String check, Wish wish) throws Wish.Wrong {
    desk.pause(check, reason("to pause a check", wish), wish.text("who"));
  }

  private static String reason(String what, Wish wish) throws Wish.Wrong {
    String reason = wish.text("reason");
    String who = wish.text("who");
    if (reason.isBlank() || who.isBlank() || reason.length() > 200 || who.length() > 100) {
      throw Wish.wrong(what + " takes a reason and the name of who does, in short");
    }
    return reason;
  }

  private void leaks(ServerResponse response) {
    try {
      AdminApi.send(response, Status.OK_200, out());
    } catch (UncheckedIOException e) {
      AdminApi.wrong(
          response, Status.SERVICE_UNAVAILABLE_503, "the ledger's database is away; try again");
    }
  }

  private Map<String, Object> out() {
    Instant now = clock.instant();
    return Map.of(
        "leaks", desk.out().stream().map(each -> Leak.of(each, now, desk.leakAfter())).toList());
  }

  private void settle(Wish wish) throws Wish.Wrong {
    String reason = reason("to settle test money", wish);
    if (!desk.settle(wish.text("id"), reason, wish.text("who"))) {
      throw new Wish.Wrong(Status.CONFLICT_409, "no test money with that id is out");
    }
  }
}
