package io.tollwatch.checks.run;

import io.tollwatch.exchange.TestMoney;
import java.util.List;
import java.util.Optional;

/// Where the register of test money stands. Thread-safe. Reading, adding and sending may fail with
/// an [java.io.UncheckedIOException], writing never does.
interface Shelf {

  /// Takes what an earlier process wrote.
  void restore(TestMoney money);

  /// Writes down one that is new.
  ///
  /// @return why not; empty if it is kept
  Optional<String> add(TestMoney money, Optional<Allowance> allowance);

  /// Writes where one is about to be sent.
  ///
  /// @return why it must not be; empty if it is kept
  Optional<String> send(TestMoney money);

  /// Writes what is known now of one.
  void put(TestMoney money);

  Optional<TestMoney> find(String id);

  /// What is out, oldest first.
  List<TestMoney> open();
}
