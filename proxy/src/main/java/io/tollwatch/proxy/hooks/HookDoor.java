package io.tollwatch.proxy.hooks;

import io.helidon.http.Header;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import io.tollwatch.checks.hook.HookCall;
import io.tollwatch.checks.hook.Hooks;
import io.tollwatch.proxy.egress.Admission;
import io.tollwatch.reconcile.Heard;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The routes of the webhook listener: `POST /hooks/NAME`, nothing else. Thread-safe.
///
/// | NAME | what counts |
/// |---|---|
/// | a provider | what is signed right under its `webhook-secret`: it is evidence, and checks hear it |
/// | the address of a check's run, while it runs | what is signed right; where nothing can be checked, knowing the address is enough |
/// | such an address that is not known here, where the ledger is shared | what is signed right by any provider: the ledger brings it to the sidecar that runs the check |
///
/// What does not count is answered with 401 or 404 and leaves nothing behind: anybody may call.
public final class HookDoor {

  /// Gateways that want a word in the answer want this one.
  private static final String TAKEN = "success";

  private final Hooks hooks;
  private final Heeding heeding;
  private final Supplier<Set<String>> elsewhere;
  private final Admission callers;
  private final int maxBody;
  private final Consumer<Result> counted;

  /// Listens to what a provider says, and says whether it is the provider.
  @FunctionalInterface
  public interface Heeding {

    /// What came of it; empty if there is no such provider.
    Optional<Heard> heed(String provider, Fields fields, String body);
  }

  /// What came of a call.
  public enum Result {
    TAKEN,
    /// Its signature is not right.
    UNSIGNED,
    /// Nobody has that address.
    UNKNOWN,
    /// It is longer than a webhook may be, or from where none may come.
    REFUSED;

    /// The word as it stands in metrics.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param hooks the runs that wait
  /// @param elsewhere the providers whose webhooks other sidecars may wait for
  /// @param callers who may call
  /// @param maxBody in bytes
  /// @param counted hears what came of each call
  public HookDoor(
      Hooks hooks,
      Heeding heeding,
      Supplier<Set<String>> elsewhere,
      Admission callers,
      int maxBody,
      Consumer<Result> counted) {
    this.hooks = hooks;
    this.heeding = heeding;
    this.elsewhere = elsewhere;
    this.callers = callers;
    this.maxBody = maxBody;
    this.counted = counted;
  }

  /// Adds the routes.
  public void routes(HttpRouting.Builder routing) {
    routing
        .any(this::checkCaller)
        .post("/hooks/{name}", this::call)
        .any((_, response) -> answer(response, Status.NOT_FOUND_404, Result.UNKNOWN));
  }

  private void checkCaller(ServerRequest request, ServerResponse response) {
    if (!callers.admits(request)) {
      answer(response, Status.FORBIDDEN_403, Result.REFUSED);
    } else {
      response.next();
    }
  }

  private void call(ServerRequest request, ServerResponse response) throws IOException {
    String name = request.path().pathParameters().get("name");
    Optional<String> running = hooks.provider(name);
    byte[] body;
    try (InputStream content = request.content().inputStream()) {
      body = content.readNBytes(maxBody + 1);
    }
    if (body.length > maxBody) {
      answer(response, Status.REQUEST_ENTITY_TOO_LARGE_413, Result.REFUSED);
      return;
    }
    Result result =
        result(name, running, fields(request), new String(body, StandardCharsets.UTF_8));
    answer(
        response,
        switch (result) {
          case TAKEN -> Status.OK_200;
          case UNSIGNED -> Status.UNAUTHORIZED_401;
          case UNKNOWN, REFUSED -> Status.NOT_FOUND_404;
        },
        result);
  }

  private Result result(String name, Optional<String> running, Fields fields, String body) {
    if (running.isEmpty() && Hooks.isAddress(name)) {
      return elsewhere.get().stream().anyMatch(provider -> isOf(provider, fields, body))
          ? Result.TAKEN
          : Result.UNKNOWN;
    }
    Optional<Heard> heard = heeding.heed(running.orElse(name), fields, body);
    Optional<Heard.Trust> trust = heard.map(Heard::trust);
    HookCall call = new HookCall(fields, body, heard.map(Heard::exchange));
    if (trust.filter(Heard.Trust.UNSIGNED::equals).isPresent()) {
      return Result.UNSIGNED;
    }
    if (running.isPresent()) {
      hooks.called(name, call);
      return Result.TAKEN;
    }
    if (trust.filter(Heard.Trust.SIGNED::equals).isEmpty()) {
      return Result.UNKNOWN;
    }
    hooks.told(name, call);
    return Result.TAKEN;
  }

  private boolean isOf(String provider, Fields fields, String body) {
    return heeding
        .heed(provider, fields, body)
        .filter(heard -> heard.trust() == Heard.Trust.SIGNED)
        .isPresent();
  }

  private static Fields fields(ServerRequest request) {
    List<Field> fields = new ArrayList<>();
    for (Header header : request.headers()) {
      header.allValues().forEach(value -> fields.add(new Field(header.name(), value)));
    }
    return new Fields(fields);
  }

  private void answer(ServerResponse response, Status status, Result result) {
    counted.accept(result);
    response.status(status);
    response.send(result == Result.TAKEN ? TAKEN : "");
  }
}
