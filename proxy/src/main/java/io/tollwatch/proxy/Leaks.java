package io.tollwatch.proxy;

import io.tollwatch.checks.run.TestMoneyRegister;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.profile.Profiles;
import io.tollwatch.proxy.admin.Leak;
import io.tollwatch.redaction.Redactor;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Watches the register of test money for what is out for too long: each is told once by this
/// process. Thread-safe.
final class Leaks {

  private static final int MAX_REASON = 4096;

  private final TestMoneyRegister register;
  private final Supplier<Duration> limit;
  private final InstantSource clock;
  private final Consumer<TestMoney> news;
  private final Set<String> told = new HashSet<>();

  /// @param limit how long it may be out
  /// @param news hears of each that is out for longer
  Leaks(
      TestMoneyRegister register,
      Supplier<Duration> limit,
      InstantSource clock,
      Consumer<TestMoney> news) {
    this.register = register;
    this.limit = limit;
    this.clock = clock;
    this.news = news;
  }

  /// All that is out, oldest first.
  ///
  /// @throws UncheckedIOException if that can't be known now
  List<TestMoney> out() {
    return register.open().stream().filter(TestMoney::isOpen).toList();
  }

  /// How long it may be out.
  Duration limit() {
    return limit.get();
  }

  /// How many are out for too long; not a number while that can't be known.
  double leaked() {
    try {
      Instant now = clock.instant();
      return out().stream().filter(each -> Leak.isLeaked(each, now, limit())).count();
    } catch (UncheckedIOException e) {
      return Double.NaN;
    }
  }

  /// Tells of those that have become too old.
  void round() {
    Instant now = clock.instant();
    List<TestMoney> leaked =
        out().stream().filter(each -> Leak.isLeaked(each, now, limit())).toList();
    synchronized (told) {
      told.retainAll(leaked.stream().map(TestMoney::id).collect(Collectors.toSet()));
      leaked.stream().filter(each -> told.add(each.id())).forEach(news);
    }
  }

  /// Somebody says that it is settled; what was said is kept, redacted.
  ///
  /// @return whether it was out
  boolean settle(String id, String reason, String who) {
    return settle(register, id, reason, who);
  }

  /// The same for any register.
  static boolean settle(TestMoneyRegister register, String id, String reason, String who) {
    Redactor redactor =
        new Redactor(Profiles.shipped().byName("generic").secrets().forRedaction(), MAX_REASON);
    return register.settleByHand(id, redactor.text(who), redactor.text(reason));
  }
}
