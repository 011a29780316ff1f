package io.tollwatch.checks.run;

import io.tollwatch.checks.script.Check;
import io.tollwatch.exchange.TestMoney;
import java.util.List;
import java.util.Optional;

/// Where the register of test money stands. Thread-safe. Reading and adding may fail with an
/// [java.io.UncheckedIOException], writing never does.
interface Shelf {

  /// Takes what an earlier process wrote.
  void restore(TestMoney money);

  /// Writes down one that is new.
  ///
  /// @return why not; empty if it is kept
  Optional<String> add(TestMoney money, Optional<Check.Cap> cap);

  /// Writes what is known now of one.
  void put(TestMoney money);

  Optional<TestMoney> find(String id);

  /// What is out, oldest first.
  List<TestMoney> open();
}
