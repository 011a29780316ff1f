package io.tollwatch.report.incident;

import io.tollwatch.exchange.Incident.Kind;
import io.tollwatch.exchange.Incident.Sign;
import io.tollwatch.taxonomy.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The signs of one kind at one place: one at a time, which begins and ends. Confined to one
/// search.
final class Seen {

  private final Kind kind;
  private final Optional<String> provider;
  private final Optional<Operation> operation;
  private final List<Sign> over = new ArrayList<>();
  private Optional<Sign> open = Optional.empty();

  Seen(Kind kind, Optional<String> provider, Optional<Operation> operation) {
    this.kind = kind;
    this.provider = provider;
    this.operation = operation;
  }

  boolean isOpen() {
    return open.isPresent();
  }

  /// It shows since then, which can be told now.
  void begin(Instant from, Instant now, String words) {
    open =
        Optional.of(
            new Sign(
                kind, provider, operation, Optional.empty(), from, now, Optional.empty(), words));
  }

  /// It is over since then.
  void end(Instant at) {
    open.ifPresent(sign -> {
      Instant until = at.isAfter(sign.toldAt()) ? at : sign.toldAt();
      over.add(
          new Sign(
              kind,
              provider,
              operation,
              Optional.empty(),
              sign.from(),
              sign.toldAt(),
              Optional.of(until),
              sign.words()));
    });
    open = Optional.empty();
  }

  /// All, in order; the last may not be over.
  List<Sign> signs() {
    List<Sign> all = new ArrayList<>(over);
    open.ifPresent(all::add);
    return all;
  }
}
