package io.tollwatch.report.incident;

import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.Incident.Kind;
import io.tollwatch.exchange.Incident.Scope;
import io.tollwatch.exchange.Incident.Sign;
import io.tollwatch.ledger.store.PastDoubt;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Makes incidents of signs: what one provider shows at the same time is one, and so is what comes
/// back within ten minutes. What begins at several providers while our own network fails is one
/// incident of our network. Confined to one search.
final class Merging {

  /// What begins within that time of another one is of it.
  static final Duration SAME = Duration.ofMinutes(10);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Comparator<Sign> ORDER =
      Comparator.comparing(Sign::from)
          .thenComparing(Sign::toldAt)
          .thenComparing(Sign::kind)
          .thenComparing(sign -> sign.provider().orElse(""))
          .thenComparing(sign -> sign.operation().map(Enum::name).orElse(""))
          .thenComparing(sign -> sign.rail().orElse(""));

  private final List<Group> groups = new ArrayList<>();

  /// Makes them.
  ///
  /// @param signs in any order
  static List<Incident> of(List<Sign> signs, OldDoubts doubts) {
    Merging merging = new Merging();
    List<Sign> network =
        signs.stream().filter(it -> it.kind() == Kind.NETWORK).sorted(ORDER).toList();
    network.forEach(sign -> merging.join(Optional.empty(), sign));
    List<Group> ours = List.copyOf(merging.groups);
    signs.stream()
        .filter(sign -> sign.kind() != Kind.NETWORK)
        .sorted(ORDER)
        .forEach(sign -> merging.place(sign, ours));
    doubts.providers().forEach(provider -> merging.add(doubts.of(provider)));
    return merging.groups.stream()
        .map(Group::incident)
        .sorted(Comparator.comparing(Incident::startedAt).thenComparing(Incident::id))
        .toList();
  }

  /// When the incident with that id started, to the minute; empty if it is none.
  static Optional<Instant> time(String id) {
    try {
      return Optional.of(TIME.parse(id.substring(id.lastIndexOf('-') + 1), Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private void place(Sign sign, List<Group> ours) {
    Optional<Group> network =
        ours.stream()
            .filter(group -> sign.kind() != Kind.DECLINES && group.reaches(sign.from()))
            .findFirst();
    if (network.isPresent()) {
      network.get().signs.add(sign);
    } else {
      join(sign.provider(), sign);
    }
  }

  private void join(Optional<String> provider, Sign sign) {
    Group group =
        groups.stream()
            .filter(each -> each.provider.equals(provider) && each.reaches(sign.from()))
            .reduce((_, last) -> last)
            .orElseGet(() -> fresh(provider));
    group.signs.add(sign);
  }

  private Group fresh(Optional<String> provider) {
    Group group = new Group(provider);
    groups.add(group);
    return group;
  }

  /// Doubts that came up in an incident belong to it; the others are incidents of their own.
  private void add(List<PastDoubt> doubts) {
    SortedMap<Integer, List<PastDoubt>> placed = new TreeMap<>();
    List<PastDoubt> alone = new ArrayList<>();
    Optional<String> provider = Optional.of(doubts.getFirst().provider());
    for (PastDoubt doubt : doubts) {
      int index = -1;
      for (int i = 0; i < groups.size() && index < 0; i++) {
        Group each = groups.get(i);
        boolean its = each.provider.isEmpty() || each.provider.equals(provider);
        index = its && each.reaches(doubt.startedAt()) ? i : -1;
      }
      if (index >= 0) {
        placed.computeIfAbsent(index, _ -> new ArrayList<>()).add(doubt);
      } else {
        alone.add(doubt);
      }
    }
    placed.forEach((index, some) -> groups.get(index).signs.add(OldDoubts.sign(some)));
    together(alone).forEach(some -> fresh(provider).signs.add(OldDoubts.sign(some)));
  }

  /// Those whose times overlap, as one.
  private static List<List<PastDoubt>> together(List<PastDoubt> doubts) {
    List<List<PastDoubt>> all = new ArrayList<>();
    Instant end = Instant.MIN;
    for (PastDoubt each : doubts) {
      if (each.startedAt().isAfter(end)) {
        all.add(new ArrayList<>());
      }
      all.getLast().add(each);
      Instant until = each.resolvedAt().orElse(Instant.MAX);
      end = until.isAfter(end) ? until : end;
    }
    return all;
  }

  /// What may become one incident.
  private static final class Group {

    private final Optional<String> provider;
    private final List<Sign> signs = new ArrayList<>();

    Group(Optional<String> provider) {
      this.provider = provider;
    }

    /// Whether what begins then is of it. What it is over by are calls, not doubts that are left.
    boolean reaches(Instant at) {
      Instant start = signs.stream().map(Sign::from).min(Comparator.naturalOrder()).orElseThrow();
      boolean after = !at.isBefore(start.minus(SAME));
      return after && end().filter(over -> over.plus(SAME).isBefore(at)).isEmpty();
    }

    private Optional<Instant> end() {
      List<Sign> counting = counting();
      return counting.stream().anyMatch(sign -> sign.until().isEmpty())
          ? Optional.empty()
          : counting.stream().flatMap(sign -> sign.until().stream()).max(Comparator.naturalOrder());
    }

    private List<Sign> counting() {
      List<Sign> calls = signs.stream().filter(it -> it.kind() != Kind.OLD_DOUBT).toList();
      return calls.isEmpty() ? signs : calls;
    }

    Incident incident() {
      List<Sign> sorted = signs.stream().sorted(ORDER).toList();
      List<Sign> counting = counting();
      Instant start =
          counting.stream().map(Sign::from).min(Comparator.naturalOrder()).orElseThrow();
      return new Incident(
          provider.orElse("network") + "-" + TIME.format(start),
          scope(),
          start,
          sorted.stream().map(Sign::toldAt).min(Comparator.naturalOrder()).orElseThrow(),
          sorted.stream()
              .filter(sign -> sign.kind() == Kind.BREAKER)
              .map(Sign::from)
              .min(Comparator.naturalOrder()),
          end(),
          sorted,
          Incident.Cost.none());
    }

    private Scope scope() {
      return provider.isEmpty()
          ? new Scope(Optional.empty(), Optional.empty(), Optional.empty())
          : new Scope(provider, only(Sign::operation), only(Sign::rail));
    }

    /// What all signs have in common.
    private <T> Optional<T> only(Function<Sign, Optional<T>> of) {
      Set<Optional<T>> all = new HashSet<>();
      signs.forEach(sign -> all.add(of.apply(sign)));
      return all.size() == 1 ? all.iterator().next() : Optional.empty();
    }
  }
}
