package io.tollwatch.reconcile;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.GatewayRequest;
import io.tollwatch.attempt.Progress;
import io.tollwatch.attempt.RequestBody;
import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseTimings;
import io.tollwatch.wire.AnswerReceiver;
import io.tollwatch.wire.CallerWatch;
import io.tollwatch.wire.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A gateway in memory with a book by reference, at which payments can be made, asked about and
/// cancelled. Its answers are lost where the test says so. Confined to one test.
final class Counter implements Line {

  /// What became of payments, by reference: `paid`, `asking` (the buyer), `failed` or `ended`.
  final Map<String, String> book = new HashMap<>();

  /// What came, as method and path.
  final List<String> requests = new ArrayList<>();

  /// What the next payments come to; nothing is noted of `none`.
  String next = "paid";

  /// Whether the answers to payments are lost.
  boolean loses = true;

  /// Whether the answers to cancels are lost.
  boolean losesCancels;

  /// Whether lookups find nothing, whatever the book says.
  boolean blind;

  /// What happens while the next payment is on its way.
  Runnable meanwhile = () -> {};

  @Override
  public Attempt send(GatewayRequest request, AnswerReceiver receiver, CallerWatch caller) {
    String path = request.target();
    requests.add(request.method() + ' ' + path);
    String reference =
        request.method().equals("POST") && !path.endsWith("/cancel")
            ? named(request)
            : path.replace("/payments/", "").replace("/cancel", "");
    if (path.endsWith("/cancel")) {
      boolean ended = book.computeIfPresent(reference, (_, _) -> "ended") != null;
      return losesCancels ? lost() : passed(answer(ended ? 200 : 404, reference), receiver);
    }
    if (request.method().equals("GET")) {
      return passed(answer(book.containsKey(reference) && !blind ? 200 : 404, reference), receiver);
    }
    if (!next.equals("none")) {
      book.put(reference, next);
    }
    Runnable happens = meanwhile;
    meanwhile = () -> {};
    happens.run();
    return loses ? lost() : passed(answer(200, reference), receiver);
  }

  /// How many came that begin like this.
  long came(String like) {
    return requests.stream().filter(each -> each.matches(like)).count();
  }

  private Attempt.Answered answer(int status, String reference) {
    String body =
        "{\"id\":\"%s\",\"status\":\"%s\"}".formatted(reference, book.getOrDefault(reference, ""));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Attempt.Answered(
        new AnswerHead(status, "", Fields.of("Content-Type", "application/json")),
        new CapturedBody(bytes, bytes.length, true),
        new PhaseTimings(List.of(), 1),
        ConnectionFacts.none());
  }

  private static String named(GatewayRequest request) {
    byte[] body = ((RequestBody.Whole) request.body()).bytes();
    return new String(body, StandardCharsets.UTF_8).replaceAll(".*\"reference\":\"|\".*", "");
  }

  private static Attempt passed(Attempt.Answered answered, AnswerReceiver receiver) {
    if (!receiver.hold(answered.answer())) {
      try {
        receiver.stream(answered.answer()).write(answered.body().bytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return answered;
  }

  private static Attempt lost() {
    return new Attempt.Broken(
        Breakage.RESPONSE_RESET,
        Phase.WAIT,
        Progress.MAYBE_SENT,
        "",
        Optional.empty(),
        CapturedBody.empty(),
        new PhaseTimings(List.of(), 1),
        ConnectionFacts.none());
  }

  @Override
  public void retire() {}

  @Override
  public void close() {}
}
