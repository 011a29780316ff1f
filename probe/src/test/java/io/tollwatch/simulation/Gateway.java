package io.tollwatch.simulation;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.GatewayRequest;
import io.tollwatch.attempt.Progress;
import io.tollwatch.attempt.RequestBody;
import io.tollwatch.simulation.Answers.Answer;
import io.tollwatch.timing.Phase;
import io.tollwatch.wire.AnswerReceiver;
import io.tollwatch.wire.CallerWatch;
import io.tollwatch.wire.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/// A gateway that keeps a book. It remembers idempotency keys with what it answered, finds payments
/// some time after they came, and has bad times. It writes as Stripe does, or, if it is a plain
/// one, with one order of each reference.
final class Gateway {

  private static final Duration KEY_LIFE = Duration.ofHours(24);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final String name;
  final boolean plain;
  final Ending ending;
  final List<Charge> book = new ArrayList<>();
  private final Stage stage;
  private final Random chance;
  private final Weather weather;
  private final Guest guest;
  private final Map<String, Keyed> byKey = new HashMap<>();
  private final Map<String, Integer> forgotten = new HashMap<>();
  boolean sick;

  /// Who uses it.
  interface Guest {
    /// The call that the running actor makes.
    Call calling();

    /// A payment stands in the book now.
    void entered(Gateway gateway, Charge charge);
  }

  /// A key that came.
  ///
  /// @param invoice whether it came for an invoice
  /// @param since when it first came
  /// @param answer empty while it is made up
  private record Keyed(boolean invoice, long since, Optional<Answer> answer) {

    boolean isAbout(Charge charge) {
      return answer.filter(each -> each.body().contains('"' + charge.id + '"')).isPresent();
    }
  }

  /// @param plain whether it is one that no shipped profile knows
  /// @param ending how a plain one ends payments
  Gateway(
      String name,
      boolean plain,
      Ending ending,
      Stage stage,
      Random chance,
      Weather weather,
      Guest guest) {
    this.name = name;
    this.plain = plain;
    this.ending = ending;
    this.stage = stage;
    this.chance = chance;
    this.weather = weather;
    this.guest = guest;
  }

  /// The way to it for one life of the sidecar.
  Line line(Life life) {
    return new Line() {
      @Override
      public Attempt send(GatewayRequest request, AnswerReceiver receiver, CallerWatch caller) {
        life.breathe();
        long begun = stage.nanos();
        Attempt attempt = answer(request, begun);
        life.check();
        return attempt instanceof Attempt.Answered answered ? passed(answered, receiver) : attempt;
      }

      @Override
      public void retire() {}

      @Override
      public void close() {}
    };
  }

  private Attempt answer(GatewayRequest request, long begun) {
    if (request.method().equals("GET")) {
      return look(request);
    }
    if (ending.isOne(request.target())) {
      return cancel(request);
    }
    return FollowUp.isOne(request.target()) ? giveBack(begun) : pay(request, begun);
  }

  private Attempt giveBack(long begun) {
    stage.pause(Duration.ofMillis(100));
    return Answers.json(200, Answers.refund()).after(stage.nanos() - begun);
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

  private Attempt pay(GatewayRequest request, long begun) {
    Call call = guest.calling();
    Fault fault = weather.fault(chance, sick);
    Call.Leg leg = new Call.Leg(this, fault, call, stage.tick(), begun);
    leg.whole = isWhole(request.body());
    call.legs.add(leg);
    Optional<String> key = request.fields().first("Idempotency-Key");
    leg.generation = generation(key);
    return switch (fault) {
      case REFUSED -> {
        stage.pause(Duration.ofMillis(5));
        yield Answers.broken(
            Breakage.CONNECT_REFUSED, Phase.CONNECT, Progress.UNSENT, stage.nanos() - begun);
      }
      case LOST_BEFORE -> timedOut(begun);
      case LATE -> {
        stage.enter(() -> {
          stage.pause(PATIENCE.plus(Duration.ofMillis(chance.nextInt(90_000))));
          var _ = arrive(leg, call, key);
        });
        yield timedOut(begun);
      }
      default -> answered(leg, call, key, begun);
    };
  }

  private Attempt answered(Call.Leg leg, Call call, Optional<String> key, long begun) {
    stage.pause(Duration.ofMillis(20));
    Answer answer = arrive(leg, call, key);
    boolean slow = leg.fault == Fault.SLOW || leg.fault == Fault.SLOW_DECLINED;
    stage.pause(slow ? Duration.ofSeconds(5 + chance.nextInt(20)) : Duration.ofMillis(100));
    long took = stage.nanos() - begun;
    return switch (leg.fault) {
      case LOST_AFTER ->
          Answers.broken(Breakage.RESPONSE_RESET, Phase.WAIT, Progress.MAYBE_SENT, took);
      case CUT -> Answers.cut(answer, took);
      default -> {
        leg.answered = true;
        yield answer.after(took);
      }
    };
  }

  private Attempt timedOut(long begun) {
    stage.pause(PATIENCE);
    return Answers.broken(
        Breakage.RESPONSE_TIMEOUT, Phase.WAIT, Progress.MAYBE_SENT, stage.nanos() - begun);
  }

  private static boolean isWhole(RequestBody body) {
    return switch (body) {
      case RequestBody.None _ -> false;
      case RequestBody.Whole(byte[] bytes, boolean _) -> bytes.length > 0;
      case RequestBody.Streamed streamed -> {
        try {
          yield streamed.bytes().readAllBytes().length > 0;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  /// The request is there.
  private Answer arrive(Call.Leg leg, Call call, Optional<String> key) {
    leg.forgot = key.filter(this::forgets).isPresent();
    leg.generation = generation(key);
    Optional<Answer> known = key.flatMap(text -> known(text, call.wish.invoice()));
    if (known.isPresent()) {
      return known.get();
    }
    long now = stage.nanos();
    key.ifPresent(text -> byKey.put(text, new Keyed(call.wish.invoice(), now, Optional.empty())));
    stage.pause(Duration.ofMillis(chance.nextInt(200)));
    Answer answer = decide(leg, call, key);
    key.ifPresent(
        text -> byKey.put(text, new Keyed(call.wish.invoice(), now, Optional.of(answer))));
    return answer;
  }

  /// It remembers keys for as long as its profile says, then for as long as it likes.
  private boolean forgets(String key) {
    Keyed known = byKey.get(key);
    boolean old = known != null && stage.nanos() - known.since() > KEY_LIFE.toNanos();
    if (!old || chance.nextBoolean()) {
      return false;
    }
    byKey.remove(key);
    forgotten.merge(key, 1, Integer::sum);
    return true;
  }

  /// How often it has forgotten that key.
  int generation(Optional<String> key) {
    return key.map(text -> forgotten.getOrDefault(text, 0)).orElse(0);
  }

  private Optional<Answer> known(String key, boolean invoice) {
    return Optional.ofNullable(byKey.get(key))
        .map(keyed ->
            keyed.invoice() == invoice
                ? keyed.answer().orElseGet(Answers::keyInUse)
                : Answers.keyOfAnother());
  }

  private Answer decide(Call.Leg leg, Call call, Optional<String> key) {
    Optional<Charge> order =
        plain && ending.hasOrders() ? ofReference(call.wish.reference()) : Optional.empty();
    Charge charge = order.orElseGet(() -> enter(leg, call, key));
    return plain ? plainly(leg.fault, charge) : asStripe(leg.fault, charge);
  }

  private Optional<Charge> ofReference(Optional<String> reference) {
    return book.stream()
        .filter(each -> reference.isPresent() && each.reference.equals(reference))
        .findFirst();
  }

  private Charge enter(Call.Leg leg, Call call, Optional<String> key) {
    long now = stage.nanos();
    Charge charge =
        new Charge(
            name + "-" + (char) ('a' + book.size() % 26) + book.size(),
            call,
            key,
            call.wish.reference(),
            now + chance.nextLong(Duration.ofSeconds(90).toNanos()),
            now + chance.nextLong(Duration.ofMinutes(10).toNanos()),
            state(leg.fault, call.wish));
    charge.enteredTick = stage.tick();
    book.add(charge);
    leg.charge = charge;
    guest.entered(this, charge);
    return charge;
  }

  private static Charge.State state(Fault fault, Call.Wish wish) {
    return switch (fault) {
      case NONE, LATE, LOST_AFTER, CUT, FAILED_AFTER, PAGE, SLOW -> Charge.State.TAKEN;
      case DECLINED_HELD, DECLINED_HOUSE -> Charge.State.HELD;
      case DECLINED, DECLINED_STREAM, SLOW_DECLINED ->
          wish.invoice() ? Charge.State.HELD : Charge.State.FAILED;
      case REFUSED, LOST_BEFORE, FAILED_BEFORE -> Charge.State.FAILED;
      case PENDING_TAKEN -> Charge.State.TO_BE_TAKEN;
      case PENDING_FAILED -> Charge.State.TO_FAIL;
    };
  }

  private static Answer asStripe(Fault fault, Charge charge) {
    return switch (fault) {
      case DECLINED, SLOW_DECLINED ->
          Answers.json(402, Answers.decline("card_declined", "insufficient_funds"));
      case DECLINED_STREAM ->
          new Answer(
              402, "text/event-stream", Answers.decline("card_declined", "insufficient_funds"));
      case DECLINED_HELD -> Answers.json(402, Answers.decline("incorrect_cvc", "incorrect_cvc"));
      case DECLINED_HOUSE -> Answers.json(402, Answers.decline("card_declined", "lost_card"));
      case FAILED_BEFORE -> Answers.json(500, "{\"error\":{\"type\":\"api_error\"}}");
      case FAILED_AFTER ->
          Answers.json(500, Answers.decline("card_declined", "insufficient_funds"));
      case PAGE -> Answers.page(200);
      case PENDING_TAKEN, PENDING_FAILED ->
          Answers.json(200, Answers.intent(charge.id, "processing", charge.reference));
      case NONE, REFUSED, LOST_BEFORE, LATE, LOST_AFTER, CUT, SLOW ->
          Answers.json(200, Answers.intent(charge.id, "succeeded", charge.reference));
    };
  }

  private Answer plainly(Fault fault, Charge charge) {
    return switch (fault) {
      case FAILED_BEFORE, FAILED_AFTER -> Answers.json(500, "{\"error\":\"sorry\"}");
      case PAGE -> Answers.page(200);
      default -> order(charge);
    };
  }

  private Answer order(Charge charge) {
    String status =
        switch (charge.state) {
          case TAKEN -> "paid";
          case TO_BE_TAKEN -> stage.nanos() < charge.settledFrom ? "pending" : "paid";
          case TO_FAIL -> stage.nanos() < charge.settledFrom ? "pending" : "failed";
          case HELD, FAILED, UNDONE -> "failed";
        };
    return Answers.json(200, "{\"id\":\"%s\",\"status\":\"%s\"}".formatted(charge.id, status));
  }

  /// Somebody asks about payments.
  private Attempt look(GatewayRequest request) {
    long begun = stage.nanos();
    stage.pause(Duration.ofMillis(50));
    Answer answer =
        sick && chance.nextInt(3) > 0
            ? Answers.json(503, "{}")
            : plain ? plainLook(request.target()) : stripeLook(request.target());
    return answer.after(stage.nanos() - begun);
  }

  /// Somebody wants a payment ended, and perhaps does not hear what came of it. One that wants it
  /// by a key that never came is told that all is well, as Square does.
  private Attempt cancel(GatewayRequest request) {
    long begun = stage.nanos();
    stage.pause(Duration.ofMillis(50));
    if (sick && chance.nextInt(3) > 0) {
      return Answers.json(503, "{}").after(stage.nanos() - begun);
    }
    Optional<Charge> charge = ending.named(request, book);
    charge.ifPresent(this::end);
    stage.pause(Duration.ofMillis(50));
    if (chance.nextInt(6) == 0) {
      return Answers.broken(
          Breakage.RESPONSE_RESET, Phase.WAIT, Progress.MAYBE_SENT, stage.nanos() - begun);
    }
    boolean fine = charge.isPresent() || ending == Ending.BY_KEY;
    return Answers.json(fine ? 200 : 404, fine ? "{\"status\":\"cancelled\"}" : "{}")
        .after(stage.nanos() - begun);
  }

  /// Repeats under any key of it are told how it stands from now on: what a gateway that does not
  /// do so makes of its cancels, no sidecar can know.
  private void end(Charge charge) {
    charge.cancel(stage.tick());
    byKey.replaceAll((_, known) ->
        known.isAbout(charge)
            ? new Keyed(known.invoice(), known.since(), Optional.of(order(charge)))
            : known);
  }

  private Answer plainLook(String target) {
    String reference = target.substring(target.lastIndexOf('/') + 1);
    return ofReference(Optional.of(reference))
        .filter(each -> each.foundFrom <= stage.nanos())
        .map(this::order)
        .orElseGet(() -> Answers.json(404, "{}"));
  }

  private Answer stripeLook(String target) {
    if (!target.contains("/search?")) {
      String id = target.substring(target.lastIndexOf('/') + 1);
      return book.stream()
          .filter(each -> each.id.equals(id))
          .findFirst()
          .map(each -> Answers.json(200, shown(each)))
          .orElseGet(() -> Answers.json(404, "{\"error\":{\"type\":\"invalid_request_error\"}}"));
    }
    String found =
        book.stream()
            .filter(each -> each.foundFrom <= stage.nanos() && !each.call.wish.invoice())
            .filter(each ->
                each.reference.filter(text -> target.contains("%22" + text + "%22")).isPresent())
            .map(this::shown)
            .collect(Collectors.joining(","));
    return Answers.json(200, "{\"object\":\"search_result\",\"data\":[%s]}".formatted(found));
  }

  private String shown(Charge charge) {
    boolean settled = stage.nanos() >= charge.settledFrom;
    String status =
        switch (charge.state) {
          case TAKEN -> "succeeded";
          case TO_BE_TAKEN -> settled ? "succeeded" : "processing";
          case TO_FAIL -> settled ? "canceled" : "processing";
          case HELD, FAILED, UNDONE -> "requires_payment_method";
        };
    return Answers.intent(charge.id, status, charge.reference);
  }

  /// The bytes of a payment's request.
  static byte[] body(boolean plain, Call.Wish wish) {
    String text =
        plain
            ? "{\"amount\":1000,\"currency\":\"EUR\"%s}"
                .formatted(wish.reference().map(",\"reference\":\"%s\""::formatted).orElse(""))
            : "amount=1000&currency=eur&confirm=true%s%s"
                .formatted(
                    wish.reference().map("&metadata[order_id]=%s"::formatted).orElse(""),
                    wish.customer() ? "&customer=cus_abc" : "");
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
