package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.fixtures.book.Movement;
import io.tollwatch.fixtures.book.ReceivedRequest;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.fixtures.http.HeaderField;
import io.tollwatch.taxonomy.Money;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// P2 over the death of the process: a sidecar of its own is killed with SIGKILL again and again,
/// at random moments under load, and started anew on the same data folder. Then the gateway's book,
/// which nothing killed, and the ledger must tell the same story.
///
/// `-Dtollwatch.kills=200` makes the campaign long; `-Dtollwatch.kills.seed=...` repeats one.
class KilledAtAnyMomentTest {

  private static final int KILLS = Integer.getInteger("tollwatch.kills", 12);
  private static final long SEED =
      Long.getLong("tollwatch.kills.seed", new Random().nextLong() >>> 16);
  private static final int CALLERS = 8;
  private static final Set<Money> MAYBE_TAKEN = EnumSet.of(Money.SUCCEEDED, Money.IN_DOUBT);

  @TempDir private Path folder;
  private final Set<String> sent = ConcurrentHashMap.newKeySet();
  private final Set<String> answered = ConcurrentHashMap.newKeySet();
  private volatile boolean killed;

  @Test
  void theLedgerAndTheGatewaysBookTellTheSameStory() throws Exception {
    Random random = new Random(SEED);
    try (FakeStripe stripe = FakeStripe.start()) {
      stripe.faults().always(Fault.delay(Duration.ofMillis(3)));
      for (int kill = 0; kill < KILLS; kill++) {
        killOnce(stripe, kill, random.nextInt(5, 300));
      }
      stripe.faults().clear();
      compare(stripe, new ChildSidecar.Left(folder).exchanges());
    }
  }

  private void killOnce(FakeStripe stripe, int kill, int afterMillis) throws Exception {
    killed = false;
    try (ChildSidecar child = ChildSidecar.start(folder, stripe, "")) {
      String url = child.url("stripe");
      List<CompletableFuture<Void>> callers =
          IntStream.range(0, CALLERS)
              .mapToObj(caller ->
                  CompletableFuture.runAsync(
                      () -> payUntilKilled(url, kill + "-" + caller),
                      task -> Thread.ofVirtual().start(task)))
              .toList();
      Eventually.holds("payments pass", () -> answered.stream().anyMatch(of(kill)));
      LockSupport.parkNanos(Duration.ofMillis(afterMillis).toNanos());
      child.kill();
      killed = true;
      CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new)).join();
    }
  }

  private static Predicate<String> of(int kill) {
    return reference -> reference.startsWith("kill-" + kill + "-");
  }

  private void payUntilKilled(String url, String name) {
    for (int i = 0; !killed; i++) {
      String reference = "kill-" + name + "-" + i;
      sent.add(reference);
      try {
        HttpResponse<String> answer = Payments.send(Payments.stripe(url, reference));
        if (answer.statusCode() == 200) {
          answered.add(reference);
        }
      } catch (RuntimeException e) {
        return; // it was killed under this call
      }
    }
  }

  private void compare(FakeStripe stripe, List<Exchange> left) {
    String rig = "seed %d, %d kills, %d calls".formatted(SEED, KILLS, sent.size());
    Map<String, List<Exchange>> byReference =
        left.stream().collect(Collectors.groupingBy(KilledAtAnyMomentTest::reference));

    assertThat(byReference.keySet()).as("none is invented: " + rig).isSubsetOf(sent);
    assertThat(byReference.values()).as("each is there once: " + rig).allMatch(l -> l.size() == 1);
    assertThat(received(stripe)).as("none is missing: " + rig).isSubsetOf(byReference.keySet());
    assertThat(left).as("none is left open: " + rig).allMatch(e -> e.outcome().isPresent());

    Map<String, Money> money =
        left.stream()
            .collect(
                Collectors.toMap(KilledAtAnyMomentTest::reference, KilledAtAnyMomentTest::money));
    assertThat(stripe.book().charges())
        .as("what was taken is succeeded or in doubt: " + rig)
        .isNotEmpty()
        .extracting(Movement::reference)
        .allSatisfy(reference -> assertThat(money.get(reference)).isIn(MAYBE_TAKEN));
    assertThat(answered)
        .as("what a caller was told stands: " + rig)
        .isNotEmpty()
        .allSatisfy(reference -> assertThat(money).containsEntry(reference, Money.SUCCEEDED));
    assertThat(money.values()).as("some were cut: " + rig).contains(Money.IN_DOUBT);
  }

  /// The references of all requests that the gateway has seen anything of.
  private static List<String> received(FakeStripe stripe) {
    Function<ReceivedRequest, String> key =
        request ->
            request.fields().stream()
                .filter(field -> field.name().equalsIgnoreCase("Idempotency-Key"))
                .map(HeaderField::value)
                .findFirst()
                .orElse("");
    List<String> keys = new ArrayList<>();
    for (ReceivedRequest request : stripe.book().requests()) {
      if (!key.apply(request).isEmpty()) {
        keys.add(key.apply(request));
      }
    }
    return keys;
  }

  private static String reference(Exchange exchange) {
    return exchange.intent().correlation().reference().orElse("(none)");
  }

  private static Money money(Exchange exchange) {
    return exchange.outcome().orElseThrow().verdict().money();
  }
}
