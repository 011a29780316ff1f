package io.tollwatch.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Where actors play, each on a thread of its own, of which one runs at a time: at each pause
/// chance picks who goes on. The same chance gives the same play. Time moves only while all of them
/// wait.
final class Stage {

  private static final Instant START = Instant.parse("2026-11-26T00:00:00Z");

  private final Random chance;
  private final List<Actor> waiting = new ArrayList<>();
  private final Semaphore director = new Semaphore(0);
  private @Nullable Actor running;
  private volatile @Nullable Throwable failure;
  private Runnable between = () -> {};
  private long elapsed = 7_000_000_000_123L; // arbitrary, as the real clock's beginning is
  private long jumped;
  private long ticks;

  private static final class Actor {
    final Semaphore turn = new Semaphore(0);
    long wakeAt;
  }

  Stage(Random chance) {
    this.chance = chance;
  }

  /// What the wall clock says: it jumps.
  Instant wall() {
    return START.plusNanos(elapsed + jumped);
  }

  /// What the clock says that never jumps.
  long nanos() {
    return elapsed;
  }

  void jump(Duration by) {
    jumped += by.toNanos();
  }

  /// A number that grows: what happened before has a lower one.
  long tick() {
    return ++ticks;
  }

  /// Lets somebody play too.
  void enter(Runnable part) {
    Actor actor = new Actor();
    actor.wakeAt = elapsed;
    waiting.add(actor);
    var _ =
        Thread.ofVirtual()
            .start(() -> {
              actor.turn.acquireUninterruptibly();
              try {
                part.run();
              } catch (Throwable trouble) {
                fail(trouble);
              } finally {
                handOn();
              }
            });
  }

  /// Called by an actor: the others go on meanwhile.
  void pause(Duration time) {
    Actor me = Objects.requireNonNull(running);
    me.wakeAt = elapsed + time.toNanos();
    waiting.add(me);
    Actor next = next();
    if (next != me) {
      next.turn.release();
      me.turn.acquireUninterruptibly();
    }
  }

  /// Lets all play until none are left.
  ///
  /// @param between happens at each pause
  void play(Runnable between) {
    this.between = between;
    if (!waiting.isEmpty()) {
      next().turn.release();
      director.acquireUninterruptibly();
      running = null;
    }
    if (failure != null) {
      throw new IllegalStateException("an actor failed", failure);
    }
  }

  /// Ends the play as failed: for trouble that the sidecar would take for its own and go on.
  void fail(Throwable trouble) {
    if (failure == null) {
      failure = trouble;
    }
  }

  private void handOn() {
    if (waiting.isEmpty() || failure != null) {
      director.release();
    } else {
      next().turn.release();
    }
  }

  /// Who plays next; time passes if all wait for it.
  private Actor next() {
    between.run();
    List<Actor> ready = ready();
    if (ready.isEmpty()) {
      elapsed = waiting.stream().mapToLong(each -> each.wakeAt).min().orElseThrow();
      ready = ready();
    }
    Actor next = ready.get(chance.nextInt(ready.size()));
    waiting.remove(next);
    running = next;
    return next;
  }

  private List<Actor> ready() {
    List<Actor> ready = new ArrayList<>();
    for (Actor each : waiting) {
      if (each.wakeAt <= elapsed) {
        ready.add(each);
      }
    }
    return ready;
  }

  /// Lets time pass while nobody plays.
  void pass(Duration time) {
    elapsed += time.toNanos();
  }
}
