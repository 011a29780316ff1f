package io.tollwatch.checks.run;

import io.tollwatch.checks.script.BuiltIn;
import io.tollwatch.checks.script.Check;
import io.tollwatch.checks.script.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// The values that the steps of one run know. Confined to the run.
final class Scope {

  private final RunKeys keys;
  private final Optional<String> hook;
  private final InstantSource clock;
  private final Map<String, Value> values;

  /// @param hook where the run is called; empty if nobody can
  Scope(Check check, RunKeys keys, Optional<String> hook, InstantSource clock) {
    this.keys = keys;
    this.hook = hook;
    this.clock = clock;
    this.values = new HashMap<>(check.values());
  }

  /// Takes values that were kept.
  void learn(Map<String, String> more) {
    more.forEach((name, text) -> learn(name, text, false));
  }

  /// Takes a value that was captured: that of now counts.
  ///
  /// @param secret whether it must never be shown or kept
  void learn(String name, String text, boolean secret) {
    Value known = values.get(name);
    if (known == null || secret || !known.secret()) {
      values.put(name, new Value(text, known != null && known.number(), secret));
    }
  }

  boolean knows(String name) {
    return values.containsKey(name) || BuiltIn.ofWord(name).isPresent();
  }

  /// The first of the names that is not known.
  Optional<String> missing(Set<String> names) {
    return names.stream().filter(name -> !knows(name)).findFirst();
  }

  /// What may be kept of the names: no secrets, and nothing that is made anew anyway.
  Map<String, String> kept(Set<String> names) {
    Map<String, String> kept = new HashMap<>();
    for (String name : names) {
      Value value = values.get(name);
      if (value != null && !value.secret()) {
        kept.put(name, value.text());
      }
    }
    return kept;
  }

  /// The values as a step sees them.
  ///
  /// @param step whose key it is
  Function<String, Value> of(String step) {
    return name ->
        BuiltIn.ofWord(name)
            .map(each -> Value.of(made(each, step)))
            .orElseGet(() -> {
              Value value = values.get(name);
              if (value == null) {
                throw new IllegalArgumentException("no value: " + name);
              }
              return value;
            });
  }

  private String made(BuiltIn name, String step) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return switch (name) {
      case KEY -> keys.key(step);
      case REFERENCE -> keys.reference();
      case PLANNED -> keys.planned().truncatedTo(ChronoUnit.SECONDS).toString();
      case HOOK ->
          hook.orElseThrow(
              () -> new IllegalArgumentException("nobody can call here, so there is no {{hook}}"));
      case NOW -> now.toString();
      case TIMESTAMP -> Long.toString(now.getEpochSecond());
      case NONCE -> UUID.randomUUID().toString().replace("-", "");
    };
  }
}
