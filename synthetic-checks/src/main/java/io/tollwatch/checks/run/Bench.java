package io.tollwatch.checks.run;

import io.tollwatch.checks.hook.Hooks;
import io.tollwatch.checks.plain.AnswerMemory;
import io.tollwatch.checks.plain.PlainProbes;
import io.tollwatch.dispatch.Dispatcher;
import io.tollwatch.ledger.Ledger;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// What runs of checks work with. Thread-safe as far as its parts are.
///
/// @param dispatcher the one that live calls take; `ear` is among its observers
/// @param register of the money that checks take
/// @param probes makes plain probes
/// @param hooks where webhooks for runs arrive
/// @param ledger where it is recorded that a doubt is over
public record Bench(
    Dispatcher dispatcher,
    Ear ear,
    TestMoneyRegister register,
    Ledger ledger,
    PlainProbes probes,
    Hooks hooks,
    InstantSource clock,
    LongSupplier nanos) {

  /// One whose probes remember nothing, and that nobody can call.
  public Bench(
      Dispatcher dispatcher,
      Ear ear,
      TestMoneyRegister register,
      Ledger ledger,
      InstantSource clock,
      LongSupplier nanos) {
    this(
        dispatcher,
        ear,
        register,
        ledger,
        new PlainProbes(AnswerMemory.passing(), clock, nanos),
        Hooks.none(),
        clock,
        nanos);
  }
}
