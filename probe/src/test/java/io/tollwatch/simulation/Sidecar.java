package io.tollwatch.simulation;

import io.tollwatch.attempt.Fields;
import io.tollwatch.dispatch.Dispatcher;
import io.tollwatch.dispatch.Members;
import io.tollwatch.dispatch.Observer;
import io.tollwatch.dispatch.Provider;
import io.tollwatch.dispatch.SeededScribe;
import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.Entry;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.health.BreakerListener;
import io.tollwatch.health.BreakerSettings;
import io.tollwatch.health.HealthBoard;
import io.tollwatch.health.LimitSettings;
import io.tollwatch.health.Limits;
import io.tollwatch.profile.Profiles;
import io.tollwatch.reconcile.Desk;
import io.tollwatch.reconcile.Doubts;
import io.tollwatch.reconcile.Pace;
import io.tollwatch.reconcile.Rebuilding;
import io.tollwatch.reconcile.Reconciler;
import io.tollwatch.reconcile.Traffic;
import io.tollwatch.reconcile.Witness;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.redaction.Secrets;
import io.tollwatch.routing.Channel;
import io.tollwatch.routing.Payments;
import io.tollwatch.routing.RetryBudgets;
import io.tollwatch.routing.Router;
import io.tollwatch.routing.SeededRouter;
import io.tollwatch.routing.SharedClaims;
import io.tollwatch.routing.Switchboard;
import io.tollwatch.routing.Takers;
import io.tollwatch.verdict.Classifier;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// One life of a sidecar: the real parts, put together as the main program does, around gateways,
/// time and a ledger that are made up.
final class Sidecar {

  /// In hexadecimal digits.
  static final String WEBHOOK_SECRET = "00112233445566778899aabbccddeeff";

  private static final int LIMIT = 64 * 1024;

  /// How long a broken index takes between two steps that should be one.
  private static final Duration BETWEEN = Duration.ofMillis(10);

  private static final Classifier CLASSIFIER = Classifier.shipped();

  private static final Redactor REDACTOR = new Redactor(Secrets.common(), LIMIT);

  final Life life;
  final HealthBoard board;
  final Doubts doubts;
  final Dispatcher dispatcher;
  final Reconciler reconciler;
  final Witness witness;
  private final Map<String, Provider> providers = new HashMap<>();
  private final Predicate<String> cancels;
  private final Pace pace;

  /// @param left what earlier lives left; this one adds to it
  /// @param cancels of which gateways payments in doubt are cancelled
  Sidecar(
      Stage stage,
      Random chance,
      Mutation mutation,
      Profiles profiles,
      List<Gateway> gateways,
      List<Entry> left,
      List<CountedHealth.Counted> permits,
      Predicate<String> cancels,
      Memory.Onlooker onlooker) {
    this.cancels = cancels;
    this.pace = pace(mutation.cancelAfter());
    this.life = new Life(stage);
    List<Entry> before = List.copyOf(left);
    Memory ledger = new Memory(left, life, onlooker);
    this.board =
        new HealthBoard(
            _ -> BreakerSettings.defaults(),
            new Limits(_ -> LimitSettings.defaults(), stage::nanos),
            stage::wall,
            stage::nanos,
            () -> 1.0,
            new BreakerListener() {
              @Override
              public void changed(BreakerChange change) {
                var _ = ledger.breaker(change);
              }

              @Override
              public void denied(BreakerKey breaker) {}
            });
    gateways.forEach(gateway -> providers.put(gateway.name, provider(gateway, profiles)));
    this.doubts =
        new Doubts(this::desk, SharedClaims.none(), ledger, stage::wall, stage::nanos, chance);
    Traffic traffic = new Traffic(stage::nanos);
    Payments payments = mutation.index().apply(() -> life.rest(BETWEEN));
    Router router = SeededRouter.of(new CountedHealth(board, life, permits), stage::nanos, chance);
    this.dispatcher =
        new Dispatcher(
            SeededScribe.of(CLASSIFIER, stage::wall, chance),
            ledger,
            strictly(stage, mutation.heard(doubts).and(traffic)),
            false,
            new Switchboard(
                router,
                mutation.gate(),
                payments,
                new RetryBudgets(stage::nanos),
                takers(mutation, left)),
            stage::nanos);
    this.reconciler =
        new Reconciler(
            doubts,
            dispatcher,
            traffic,
            stage::wall,
            stage::nanos,
            look -> stage.enter(() -> untilKilled(look)));
    this.witness = new Witness(doubts, ledger, stage::wall);
    doubts.onResolution(resolution -> mutation.resolved(payments, resolution));
    learn(before);
    List<Entry> known = mutation.rebuilt() ? before : List.of();
    stage.enter(() -> untilKilled(() -> payments.rebuild(each -> replay(known, each))));
  }

  /// Learns what earlier lives left, but for the index, which does so while calls come already.
  private void learn(List<Entry> before) {
    board.restore(
        before.stream()
            .filter(BreakerChange.class::isInstance)
            .map(BreakerChange.class::cast)
            .toList());
    Rebuilding rebuilding = doubts.rebuild();
    before.forEach(rebuilding);
    rebuilding.replayed();
  }

  /// A call gets its answer even if what is told of it fails; here that is a fault.
  private static Observer strictly(Stage stage, Observer observer) {
    return new Observer() {
      @Override
      public void begun(Intent intent) {
        observer.begun(intent);
      }

      @Override
      public void settled(Intent intent, Outcome outcome) {
        try {
          observer.settled(intent, outcome);
        } catch (RuntimeException e) {
          stage.fail(e);
          throw e;
        }
      }
    };
  }

  /// Who took a payment, by the ledger.
  private static Takers takers(Mutation mutation, List<Entry> entries) {
    return named ->
        mutation
            .guess()
            .map(guess -> guess.apply(named.channel()))
            .or(() -> taker(entries, named.payment()));
  }

  private static Optional<String> taker(List<Entry> entries, Optional<String> payment) {
    Map<String, String> providers = new HashMap<>();
    for (Entry entry : entries) {
      if (entry instanceof Intent intent) {
        providers.put(intent.id(), intent.provider());
      }
      if (entry instanceof Outcome outcome
          && payment.isPresent()
          && outcome.payment().equals(payment)) {
        return Optional.ofNullable(providers.get(outcome.id()));
      }
    }
    return Optional.empty();
  }

  private void replay(List<Entry> entries, Consumer<Entry> learner) {
    for (Entry entry : entries) {
      life.breathe();
      learner.accept(entry);
    }
  }

  /// Plays a part that ends with this life.
  static void untilKilled(Runnable part) {
    try {
      part.run();
    } catch (Killed killed) {
      // that was its end
    }
  }

  private Provider provider(Gateway gateway, Profiles profiles) {
    return new Provider(
        gateway.name,
        profiles.byName(gateway.plain ? gateway.ending.profile() : "stripe"),
        REDACTOR,
        gateway.line(life),
        "",
        "localhost",
        Fields.none(),
        true,
        false,
        Optional.of(gateway.plain ? World.WALLET : World.CARD));
  }

  Provider provider(String name) {
    return Objects.requireNonNull(providers.get(name));
  }

  Members members(Channel channel) {
    return new Members(channel, this::provider);
  }

  /// Fewer looks than by default: the last comes after more than four hours.
  private static Pace pace(Duration cancelAfter) {
    return new Pace(Duration.ofSeconds(30), Duration.ofHours(1), 12, 1.0, cancelAfter);
  }

  private Optional<Desk> desk(String name) {
    return Optional.ofNullable(providers.get(name))
        .map(provider ->
            new Desk(provider, true, cancels.test(name), Optional.of(WEBHOOK_SECRET), pace));
  }
}
