package io.tollwatch.report.incident;

import io.tollwatch.exchange.Incident.Sign;
import io.tollwatch.ledger.store.Fact;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Takes calls, oldest first, and has the watches look at them minute by minute. Confined to one
/// search.
final class CallWatch implements Consumer<Fact> {

  /// Each holds some tens of kilobytes. Beyond that many operations at providers breakers tell.
  private static final int MAX_PLACES = 128;

  private static final String SEPARATOR = "\0";

  private final SortedMap<String, Place> places = new TreeMap<>();
  private final NetworkWatch network = new NetworkWatch();
  private final SortedMap<String, SortedMap<Long, Integer>> unsettled = new TreeMap<>();
  private long current = Long.MIN_VALUE;

  /// One operation at one provider.
  private record Place(String provider, Course course, List<Watch> watches) {

    static Place of(String provider, Operation operation) {
      List<Watch> watches = new ArrayList<>();
      watches.add(new FailureWatch(provider, operation));
      watches.add(new LatencyWatch(provider, operation));
      if (operation == Operation.PAY) {
        watches.add(new DeclineWatch(provider));
      }
      return new Place(provider, new Course(), watches);
    }

    void endMinute(long minute) {
      course.endMinute(minute);
      watches.forEach(watch -> watch.look(minute, course));
    }
  }

  @Override
  public void accept(Fact fact) {
    long minute = Course.minute(fact.startedAt());
    if (current == Long.MIN_VALUE) {
      current = minute;
    }
    endUntil(minute);
    String key = fact.provider() + SEPARATOR + fact.operation().word();
    Place place = places.get(key);
    if (place == null && places.size() < MAX_PLACES) {
      place = Place.of(fact.provider(), fact.operation());
      places.put(key, place);
    }
    if (place != null) {
      place.course().add(current, fact);
    }
    if (fact.ended().filter(CallWatch::isUnsettled).isPresent()) {
      unsettled
          .computeIfAbsent(fact.provider(), _ -> new TreeMap<>())
          .merge(current, 1, Integer::sum);
    }
  }

  private static boolean isUnsettled(Fact.Ended end) {
    return end.money() == Money.PENDING || end.money() == Money.IN_DOUBT;
  }

  /// After a silence that is longer than what is looked at nothing changes with each minute.
  private void endUntil(long minute) {
    while (current < minute) {
      endMinute();
      if (minute - current > Course.LONG && places.values().stream().allMatch(CallWatch::isStill)) {
        current = minute;
      }
    }
  }

  private static boolean isStill(Place place) {
    return place.course().isStill();
  }

  private void endMinute() {
    long minute = current;
    places.values().forEach(place -> place.endMinute(minute));
    network.look(
        minute, places.values().stream().map(it -> Map.entry(it.provider(), it.course())).toList());
    current++;
  }

  /// All minutes up to that time have passed.
  void finish(Instant until) {
    if (current != Long.MIN_VALUE) {
      endUntil(Course.minute(until));
    }
  }

  /// What it saw.
  List<Sign> signs() {
    List<Sign> signs = new ArrayList<>(network.signs());
    places.values().forEach(place -> place.watches().forEach(it -> signs.addAll(it.signs())));
    return signs;
  }

  /// How many payments became in doubt or pending at a provider between two times, by the minute.
  long unsettled(String provider, Instant from, Instant until) {
    SortedMap<Long, Integer> minutes = unsettled.get(provider);
    return minutes == null
        ? 0
        : minutes.subMap(Course.minute(from), Course.minute(until)).values().stream()
            .mapToLong(Integer::longValue)
            .sum();
  }
}
