package io.tollwatch.report.incident;

import io.tollwatch.exchange.Incident.Kind;
import io.tollwatch.exchange.Incident.Sign;
import io.tollwatch.ledger.store.PastDoubt;
import io.tollwatch.taxonomy.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Payments that were in doubt for longer than an hour, told oldest first. Confined to one search.
final class OldDoubts implements Consumer<PastDoubt> {

  /// Most doubts are settled by the first looks, within minutes.
  static final Duration OLD = Duration.ofHours(1);

  /// Later ones are counted no more: it is an incident in any case.
  private static final int MAX = 100_000;

  private final Instant now;
  private final List<PastDoubt> doubts = new ArrayList<>();

  /// @param now up to when is looked
  OldDoubts(Instant now) {
    this.now = now;
  }

  @Override
  public void accept(PastDoubt doubt) {
    Instant old = doubt.startedAt().plus(OLD);
    boolean grewOld =
        old.isBefore(now) && doubt.resolvedAt().filter(it -> it.isBefore(old)).isEmpty();
    if (grewOld && doubts.size() < MAX) {
      doubts.add(doubt);
    }
  }

  /// Those of a provider, oldest first.
  List<PastDoubt> of(String provider) {
    return doubts.stream().filter(each -> each.provider().equals(provider)).toList();
  }

  /// The providers that have some, by name.
  List<String> providers() {
    return doubts.stream().map(PastDoubt::provider).distinct().sorted().toList();
  }

  /// One sign of all of these.
  ///
  /// @param some of one provider, at least one, oldest first
  static Sign sign(List<PastDoubt> some) {
    PastDoubt first = some.getFirst();
    List<Operation> operations =
        some.stream().map(PastDoubt::operation).distinct().collect(Collectors.toList());
    Optional<Instant> until =
        some.stream().allMatch(each -> each.resolvedAt().isPresent())
            ? some.stream()
                .flatMap(each -> each.resolvedAt().stream())
                .max(Comparator.naturalOrder())
            : Optional.empty();
    return new Sign(
        Kind.OLD_DOUBT,
        Optional.of(first.provider()),
        operations.size() == 1 ? Optional.of(operations.getFirst()) : Optional.empty(),
        Optional.empty(),
        first.startedAt(),
        first.startedAt().plus(OLD),
        until,
        some.size() == 1
            ? "a payment was in doubt for more than an hour"
            : some.size() + " payments were in doubt for more than an hour");
  }
}
