package io.tollwatch.proxy.admin;

import io.tollwatch.exchange.TestMoney;
import io.tollwatch.health.UsOrThem;
import java.time.Duration;
import java.util.List;

/// What the admin API can see of scheduled checks, and do to them. Thread-safe. What it does fails
/// with an [UncheckedIOException] while the ledger's database is away.
public interface CheckDesk {

  /// The scheduled checks, in the order of their names, as they stood a moment ago.
  List<CheckStatus> checks();

  /// What keeps checks from being run, or empty.
  String checksTrouble();

  /// Whose trouble it is, by live calls and checks side by side.
  List<UsOrThem.Finding> usOrThem();

  /// What checks took and is not back, oldest first.
  List<TestMoney> out();

  /// How long it may be out before it has leaked.
  Duration leakAfter();

  /// Somebody says that it is settled. Gives whether it was out.
  boolean settle(String id, String reason, String who);

  /// Whether there is such a check.
  boolean isCheck(String name);

  /// Has a check run now. Gives whether it will: not where it runs already, or is about to.
  boolean runNow(String name);

  /// Lets a check not run until it is resumed.
  void pause(String name, String reason, String who);

  /// Ends a pause. Gives whether there was one.
  boolean resume(String name);
}
