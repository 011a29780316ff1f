package io.tollwatch.reconcile;

import io.tollwatch.exchange.LatestByHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds payments that were taken twice: a late success after the service had gone elsewhere. The
/// register remembers what was taken lately, the oldest are forgotten first. Thread-safe; bounded
/// by [#REMEMBERED] and [#FOUND].
final class DoubleCharges {

  /// How many names of payments that were taken are remembered.
  static final int REMEMBERED = 50_000;

  /// How many double charges are told; the oldest go first.
  static final int FOUND = 1_000;

  /// By name; of each provider two at most. The first is the earliest.
  private final LatestByHash<List<Past>> taken = new LatestByHash<>(REMEMBERED);

  private final Map<String, DoubleCharge> found = new LinkedHashMap<>();

  /// Takes note of a payment that was taken.
  ///
  /// @return the double charge that it makes, if it was not known
  synchronized Optional<DoubleCharge> note(Taken payment, Instant now) {
    Optional<DoubleCharge> twice = Optional.empty();
    Past past = Past.of(payment);
    for (Long name : payment.names()) {
      List<Past> known = taken.find(name).orElse(List.of());
      if (!known.isEmpty()) {
        Past earlier = known.getFirst();
        if (earlier.isAnother(past) && (earlier.doubted() || past.doubted())) {
          twice = twice.or(() -> add(earlier, past, now));
        } else if (past.doubted() && earlier.exchange().equals(past.exchange())) {
          known = Stream.concat(Stream.of(past), known.stream().skip(1)).toList();
        }
      }
      taken.put(name, with(known, past));
    }
    return twice;
  }

  private Optional<DoubleCharge> add(Past one, Past other, Instant now) {
    boolean inOrder = one.exchange().compareTo(other.exchange()) < 0; // ids sort by time
    Past first = inOrder ? one : other;
    Past second = inOrder ? other : one;
    DoubleCharge twice =
        new DoubleCharge(
            first.exchange(),
            first.provider(),
            second.exchange(),
            second.provider(),
            second.amount().isPresent() ? second.amount() : first.amount(),
            Optional.ofNullable(second.currency()).or(() -> Optional.ofNullable(first.currency())),
            Optional.ofNullable(second.reference())
                .or(() -> Optional.ofNullable(first.reference())),
            now);
    boolean fresh = found.putIfAbsent(first.exchange() + ' ' + second.exchange(), twice) == null;
    if (found.size() > FOUND) {
      found.remove(found.keySet().iterator().next());
    }
    return fresh ? Optional.of(twice) : Optional.empty();
  }

  /// Two payments of one name at one provider are enough: any third differs from one of them.
  private static List<Past> with(List<Past> known, Past payment) {
    if (known.isEmpty()) {
      return List.of(payment);
    }
    List<Past> there =
        known.stream().filter(each -> each.provider().equals(payment.provider())).toList();
    return there.size() < 2 && there.stream().allMatch(payment::isAnother)
        ? Stream.concat(known.stream(), Stream.of(payment)).toList()
        : known;
  }

  /// Whether another payment with one of its names was taken at that provider.
  synchronized boolean hasAnotherAt(String provider, Taken payment) {
    Past past = Past.of(payment);
    return payment.names().stream()
        .flatMap(name -> taken.find(name).stream().flatMap(List::stream))
        .filter(other -> other.provider().equals(provider))
        .anyMatch(other -> other.isAnother(past));
  }

  synchronized List<DoubleCharge> all() {
    return new ArrayList<>(found.values());
  }
}
