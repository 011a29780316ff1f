package io.tollwatch.checks.script;

import io.tollwatch.checks.schedule.Schedule;
import io.tollwatch.checks.signing.Signer;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A synthetic transaction, as its script says. Immutable; secrets don't show themselves.
///
/// @param to where its steps go
/// @param timeout longest time for all steps; default 1m, from 100ms to 1h
/// @param cleanUpTimeout longest time for the clean-up; default 30s, from 100ms to 1h
/// @param ownConnection whether each step opens a connection of its own; default true
/// @param live whether it may spend real money
/// @param schedule when a sidecar runs it; empty if only somebody does
/// @param cap how much checks may do there in a day: at its provider, or at all providers of its
///   channel together
/// @param values variables and secrets by name
/// @param signer signs each request, where the gateway wants that
/// @param probes made before the steps, each for itself
/// @param always what runs on every way out
public record Check(
    String name,
    Destination to,
    Optional<String> note,
    Duration timeout,
    Duration cleanUpTimeout,
    boolean ownConnection,
    boolean live,
    Optional<Schedule> schedule,
    Optional<Cap> cap,
    Map<String, Value> values,
    Optional<Signer> signer,
    List<PlainProbe> probes,
    List<Step> steps,
    List<Step.CleanUp> always) {

  /// How much may be done in a day (UTC). Immutable.
  ///
  /// @param count of steps that take money
  /// @param amountMinor of what they take, in minor units of all currencies together
  public record Cap(int count, long amountMinor) {}

  public Check {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    probes = List.copyOf(probes);
    steps = List.copyOf(steps);
    always = List.copyOf(always);
  }

  /// The step of that name.
  public Optional<Step> step(String wanted) {
    return steps.stream().filter(step -> step.name().equals(wanted)).findFirst();
  }

  /// The steps of the clean-up that give the money of a step back.
  public Stream<Step.CleanUp> undoing(String step) {
    return always.stream().filter(each -> each.step().undoes().contains(step));
  }

  /// Whether one of its steps waits for a webhook.
  public boolean awaitsWebhooks() {
    return steps.stream().anyMatch(step -> step.webhook().isPresent());
  }

  /// The values of its secrets.
  public Stream<String> secrets() {
    return values.values().stream().filter(Value::secret).map(Value::text);
  }
}
