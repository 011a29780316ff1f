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
  private @Nullable Throwable failure;
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
                failure = trouble;
              } finally {
                director.release();
              }
            });
  }

  /// Called by an actor: the others go on meanwhile.
  void pause(Duration time) {
    Actor me = Objects.requireNonNull(running);
    me.wakeAt = elapsed + time.toNanos();
    waiting.add(me);
    director.release();
    me.turn.acquireUninterruptibly();
  }

  /// Lets one actor play to its next pause.
  ///
  /// @return false if there are none left
  boolean step() {
    if (waiting.isEmpty()) {
      return false;
    }
    List<Actor> ready = waiting.stream().filter(each -> each.wakeAt <= elapsed).toList();
    if (ready.isEmpty()) {
      elapsed = waiting.stream().mapToLong(each -> each.wakeAt).min().orElseThrow();
      return true;
    }
    Actor next = ready.get(chance.nextInt(ready.size()));
    waiting.remove(next);
    running = next;
    next.turn.release();
    director.acquireUninterruptibly();
    running = null;
    if (failure != null) {
      throw new IllegalStateException("an actor failed", failure);
    }
    return true;
  }

  /// Lets time pass while nobody plays.
  void pass(Duration time) {
    elapsed += time.toNanos();
  }
}
