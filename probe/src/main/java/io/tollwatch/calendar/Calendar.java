package io.tollwatch.calendar;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Windows of maintenance, of which each call asks: so the answer is known until the next of them
/// begins or ends. Thread-safe.
public final class Calendar {

  private final List<MaintenanceWindow> windows;
  private final List<Times> times = new ArrayList<>();
  private volatile Answer answer = new Answer(Instant.MAX, Instant.MIN, Optional.empty());

  /// One of these windows.
  public Calendar(List<MaintenanceWindow> windows) {
    this.windows = windows;
    windows.forEach(each -> times.add(Times.of(each)));
  }

  /// A window that is open now. Immutable.
  ///
  /// @param until when it is over
  public record Open(Instant until, String reason) {}

  private record Answer(Instant from, Instant to, Optional<Open> open) {
    boolean holds(Instant now) {
      return !now.isBefore(from) && now.isBefore(to);
    }
  }

  /// Whether it was made of these.
  public boolean isOf(List<MaintenanceWindow> others) {
    return windows.equals(others);
  }

  /// The window that is open, if one is: the one that is over last.
  public Optional<Open> at(Instant now) {
    Answer known = answer;
    if (!known.holds(now)) {
      known = find(now);
      answer = known;
    }
    return known.open();
  }

  private Answer find(Instant now) {
    Optional<Open> open = Optional.empty();
    Instant changes = Instant.MAX;
    for (Times each : times) {
      Optional<Instant> end = each.endIfOpen(now);
      if (end.isPresent() && open.map(Open::until).filter(end.get()::isBefore).isEmpty()) {
        open = Optional.of(new Open(end.get(), each.reason()));
      }
      Optional<Instant> change = end.or(() -> each.next(now));
      if (change.isPresent() && change.get().isBefore(changes)) {
        changes = change.get();
      }
    }
    return new Answer(now, changes, open);
  }

  /// When a window is open.
  private sealed interface Times {

    static Times of(MaintenanceWindow window) {
      return switch (window) {
        case MaintenanceWindow.Once once -> new Fixed(once);
        case MaintenanceWindow.Recurring recurring ->
            new Repeated(Crontab.of(recurring.cron(), recurring.zone()), recurring);
      };
    }

    String reason();

    Optional<Instant> endIfOpen(Instant now);

    Optional<Instant> next(Instant now);
  }

  private record Fixed(MaintenanceWindow.Once window) implements Times {

    @Override
    public String reason() {
      return window.reason();
    }

    @Override
    public Optional<Instant> endIfOpen(Instant now) {
      return now.isBefore(window.from()) || !now.isBefore(window.to())
          ? Optional.empty()
          : Optional.of(window.to());
    }

    @Override
    public Optional<Instant> next(Instant now) {
      return Optional.of(window.from()).filter(now::isBefore);
    }
  }

  private record Repeated(Crontab crontab, MaintenanceWindow.Recurring window) implements Times {

    @Override
    public String reason() {
      return window.reason();
    }

    @Override
    public Optional<Instant> endIfOpen(Instant now) {
      return crontab.last(now).map(begun -> begun.plus(window.lasts())).filter(now::isBefore);
    }

    @Override
    public Optional<Instant> next(Instant now) {
      return crontab.next(now);
    }
  }
}
