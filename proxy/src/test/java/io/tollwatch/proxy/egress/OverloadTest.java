package io.tollwatch.proxy.egress;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class OverloadTest {

  private static final int FEW = 10;
  private static final Duration LATE = Overload.IN_TIME.multipliedBy(2);
  private static final Duration VERY_LATE = Overload.IN_TIME.multipliedBy(50);
  private static final Duration SOON = Overload.IN_TIME.dividedBy(4);

  private static final Duration SHORT = Duration.ofMillis(20);

  private Duration wait = SOON;
  private boolean broken;
  private Overload overload = patientFor(Duration.ofMinutes(10));
  private final Deque<Overload.Place> inside = new ArrayDeque<>();

  @Test
  void boundsNothingWhileAllHaveTheirTurnInTime() {
    enter(5_000);
    look(100);

    enter(5_000);

    assertThat(overload.isOverloaded()).isFalse();
  }

  @Test
  void aMomentOfWaitingIsNoOverload() {
    enter(1_000);

    for (int i = 0; i < 20; i++) {
      wait = VERY_LATE;
      look(Overload.LOOKS - 1);
      wait = SOON;
      look(1);
    }

    enter(1);
    assertThat(overload.isOverloaded()).isFalse();
  }

  @Test
  void lowersTheBoundUntilThoseWithinHaveTheirTurnInTime() throws Exception {
    enter(1_000);
    wait = VERY_LATE;
    look(Overload.LOOKS);
    assertThat(overload.isOverloaded()).isTrue();

    List<Future<Optional<Overload.Place>>> late = enterLater(1);
    leave(300); // as many as were too many
    assertThat(late.getFirst()).isNotDone();
    leave(1);

    assertThat(late.getFirst().get(5, SECONDS)).isPresent();
    assertThat(overload.refused()).isZero();
  }

  /// A quarter too long: four fifths may stay.
  @Test
  void lowersItByWhatIsTooMuch() {
    overload = patientFor(SHORT);
    enter(1_000);
    wait = Overload.IN_TIME.multipliedBy(5).dividedBy(4);
    look(Overload.LOOKS);

    leave(200);
    assertThat(fits()).isFalse();
    leave(1);
    assertThat(fits()).isTrue();
  }

  @Test
  void aFewCallsAreNeverTooMany() {
    overload = patientFor(SHORT);
    enter(FEW + 1);
    wait = VERY_LATE;
    look(50 * Overload.LOOKS);

    leave(1);
    assertThat(fits()).isFalse();
    leave(1);
    enter(1);
    look(1); // nobody is asked how long a few wait
    enter(1);
  }

  @Test
  void whoWaitsTooLongIsRefused() {
    overload = patientFor(SHORT);
    overloadedWith(100);

    for (int i = 1; i <= 3; i++) {
      assertThat(fits()).isFalse();
      assertThat(overload.refused()).isEqualTo(i);
    }
    assertThat(overload.waiting()).isZero();
  }

  @Test
  void whoWaitsTooLongIsRefusedThoughNobodyCanLook() throws Exception {
    overload = patientFor(SHORT);
    overloadedWith(100);
    Future<Optional<Overload.Place>> late = enterLater(1).getFirst();
    broken = true;

    while (!late.isDone()) {
      overload.tend();
    }

    assertThat(late.get()).isEmpty();
  }

  @Test
  void theFirstToComeIsTheFirstToEnter() throws Exception {
    overloadedWith(100);
    List<Future<Optional<Overload.Place>>> first = enterLater(1);
    List<Future<Optional<Overload.Place>>> second = enterLater(1);

    leave(31); // 30 were too many

    assertThat(first.getFirst().get(5, SECONDS)).isPresent();
    assertThat(second.getFirst()).isNotDone();
  }

  /// A slow provider, and processors that were busy for a moment: those that wait for the provider
  /// would otherwise keep everybody out until they end.
  @Test
  void risesAboveWhatIsUnderWayAsSoonAsThereIsTimeAgain() throws Exception {
    overloadedWith(1_000);
    List<Future<Optional<Overload.Place>>> late = enterLater(1);

    wait = SOON;
    look(1);

    assertThat(late.getFirst().get(5, SECONDS)).isPresent();
  }

  @Test
  void staysWhereTheWaitIsNeitherLongNorShort() {
    overload = patientFor(SHORT);
    overloadedWith(100);
    wait = Overload.IN_TIME.multipliedBy(3).dividedBy(4);
    look(100);

    leave(30);
    assertThat(fits()).isFalse();
  }

  @Test
  void isOverSomeTimeAfterTheLastCallHadToWait() {
    overloadedWith(100);
    leave(100);
    wait = SOON;

    look(10);
    assertThat(overload.isOverloaded()).isTrue();
    look(100);
    assertThat(overload.isOverloaded()).isFalse();
    enter(5_000);
  }

  @Test
  void isBusyForSomeTimeAfterTheLastCall() {
    look(1);
    assertThat(overload.isBusy()).isFalse();

    enter(1);
    look(1);
    leave(1);
    look(50);
    assertThat(overload.isBusy()).isTrue();
    look(50);
    assertThat(overload.isBusy()).isFalse();
  }

  /// Those that were many before the bound fell leave; that must not raise it.
  @Test
  void whatRunsBeyondTheBoundDoesNotRaiseIt() {
    overload = patientFor(SHORT);
    overloadedWith(1_000); // 700 may stay
    wait = Overload.IN_TIME.multipliedBy(10).dividedBy(9); // 900 of those that run would be in time
    look(Overload.LOOKS);

    leave(300);
    assertThat(fits()).isFalse();
  }

  private Overload patientFor(Duration patience) {
    return new Overload(this::waited, FEW, patience, System::nanoTime, () -> {});
  }

  private long waited() {
    if (broken) {
      throw new NoClassDefFoundError("no file left to read it from");
    }
    return wait.toNanos();
  }

  private void overloadedWith(int calls) {
    enter(calls);
    wait = LATE;
    look(Overload.LOOKS);
    wait = VERY_LATE;
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      overload.look();
    }
  }

  /// That many find a place at once.
  private void enter(int calls) {
    for (int i = 0; i < calls; i++) {
      inside.add(overload.enter().orElseThrow());
    }
  }

  /// Calls that wait, in this order.
  private List<Future<Optional<Overload.Place>>> enterLater(int calls) throws Exception {
    List<Future<Optional<Overload.Place>>> waiting = new ArrayList<>();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    for (int i = 0; i < calls; i++) {
      int before = overload.waiting();
      waiting.add(threads.submit(overload::enter));
      while (overload.waiting() == before && !waiting.getLast().isDone()) {
        Thread.onSpinWait();
      }
    }
    threads.shutdown();
    return waiting;
  }

  /// Whether one more finds a place before it is refused; it leaves again.
  private boolean fits() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Optional<Overload.Place>> one = threads.submit(overload::enter);
      while (!one.isDone()) {
        overload.refuseOverdue();
        Thread.onSpinWait();
      }
      one.resultNow().ifPresent(Overload.Place::close);
      return one.resultNow().isPresent();
    }
  }

  private void leave(int calls) {
    for (int i = 0; i < calls; i++) {
      inside.remove().close();
    }
  }
}
