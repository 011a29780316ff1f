package io.tollwatch.proxy.admin;

import io.tollwatch.attempt.Origin;
import io.tollwatch.ledger.store.Slice;
import io.tollwatch.ledger.store.TimeWindow;
import io.tollwatch.report.ReportFormat;
import io.tollwatch.report.ReportKind;
import io.tollwatch.report.ReportRequest;
import io.tollwatch.taxonomy.Operation;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads a wish for a report in words, as commands and the API say it. Immutable, thread-safe.
public record ReportSearch(InstantSource clock) {

  /// What may be said of a report.
  public static final List<String> NAMES =
      List.of(
          "since",
          "until",
          "zone",
          "provider",
          "channel",
          "operation",
          "origin",
          "format",
          "against",
          "target",
          "id");

  private static final Duration DEFAULT_LENGTH = Duration.ofHours(24);
  private static final double DEFAULT_TARGET = 99.9;
  private static final String BETWEEN = "..";

  /// What came of reading one.
  public sealed interface Parsed {
    /// It can be made.
    record Right(ReportRequest request) implements Parsed {}

    /// It can't.
    ///
    /// @param reason one sentence: what is wrong and what would be right
    record Wrong(String reason) implements Parsed {}
  }

  /// Reads the words by their names.
  ///
  /// @param kind what the report is about
  /// @param otherwise the format where none is said
  public Parsed parse(String kind, Map<String, String> words, ReportFormat otherwise) {
    try {
      return new Parsed.Right(read(kind, new LinkedHashMap<>(words), otherwise));
    } catch (WrongWord e) {
      return new Parsed.Wrong(String.valueOf(e.getMessage()));
    }
  }

  private ReportRequest read(String kindWord, Map<String, String> words, ReportFormat otherwise)
      throws WrongWord {
    for (String name : words.keySet()) {
      if (!NAMES.contains(name)) {
        throw new WrongWord("there is no such word; there are: " + String.join(", ", NAMES));
      }
    }
    ReportKind kind = kind(kindWord);
    ZoneId zone = zone(words.getOrDefault("zone", "UTC"));
    Words times = new Words(clock, zone);
    TimeWindow window = window(kind, words, times);
    Slice slice =
        new Slice(
            window,
            Optional.ofNullable(words.get("provider")),
            Optional.ofNullable(words.get("channel")),
            operation(words),
            origin(kind, words));
    return new ReportRequest(
        kind,
        format(kind, words, otherwise),
        slice,
        baseline(words.getOrDefault("against", "previous"), window, times),
        zone,
        target(words.get("target")),
        id(kind, words));
  }

  /// One incident is found by its id; the other words but zone, until and format say nothing of it.
  private static Optional<String> id(ReportKind kind, Map<String, String> words) throws WrongWord {
    Optional<String> id = Optional.ofNullable(words.get("id"));
    if (id.isPresent() != (kind == ReportKind.INCIDENT)) {
      throw new WrongWord(
          id.isPresent()
              ? "only a report of one incident has an id: incident"
              : "which incident? Its id stands in the report of incidents, such as stripe-20261122T1430Z");
    }
    return id;
  }

  private static ReportKind kind(String word) throws WrongWord {
    return Arrays.stream(ReportKind.values())
        .filter(kind -> kind.word().equals(word.toLowerCase(Locale.ROOT).replace('_', '-')))
        .findFirst()
        .orElseThrow(() ->
            new WrongWord(
                "a report must be one of: "
                    + Arrays.stream(ReportKind.values())
                        .map(ReportKind::word)
                        .collect(Collectors.joining(", "))));
  }

  private static ReportFormat format(
      ReportKind kind, Map<String, String> words, ReportFormat otherwise) throws WrongWord {
    String known =
        Arrays.stream(ReportFormat.values())
            .filter(kind.formats()::contains)
            .map(ReportFormat::word)
            .collect(Collectors.joining(", "));
    String word = words.getOrDefault("format", otherwise.word());
    return kind.formats().stream()
        .filter(format -> format.word().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(() -> new WrongWord("format of " + kind.word() + " must be one of: " + known));
  }

  private static ZoneId zone(String word) throws WrongWord {
    try {
      return ZoneId.of(word);
    } catch (DateTimeException e) {
      throw new WrongWord("zone must be a name such as Europe/Berlin, or an offset such as +02:00");
    }
  }

  /// What is in doubt is wanted however old it is.
  private TimeWindow window(ReportKind kind, Map<String, String> words, Words times)
      throws WrongWord {
    String until = words.get("until");
    String since = words.get("since");
    Instant to = until == null ? clock.instant() : times.time("until", until);
    Instant from =
        since != null
            ? times.time("since", since)
            : kind == ReportKind.IN_DOUBT ? Instant.EPOCH : to.minus(DEFAULT_LENGTH);
    return window(from, to, "since must be before until");
  }

  private static TimeWindow window(Instant from, Instant until, String rule) throws WrongWord {
    if (!from.isBefore(until)) {
      throw new WrongWord("%s: %s is not before %s".formatted(rule, from, until));
    }
    return new TimeWindow(from, until);
  }

  private static Optional<Operation> operation(Map<String, String> words) throws WrongWord {
    String word = words.get("operation");
    return word == null
        ? Optional.empty()
        : Optional.of(Words.of(Operation.class, "operation", word));
  }

  /// Figures are about the service's own calls, unless others are asked for.
  private static Optional<Origin> origin(ReportKind kind, Map<String, String> words)
      throws WrongWord {
    boolean figures = kind != ReportKind.IN_DOUBT && kind != ReportKind.EXCHANGES;
    String word = words.getOrDefault("origin", figures ? "live" : "all");
    if (word.equalsIgnoreCase("all")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Words.of(Origin.class, "origin", word));
    } catch (WrongWord e) {
      throw new WrongWord(e.getMessage() + ", all");
    }
  }

  /// The same length right before, or two times with dots between them.
  private static TimeWindow baseline(String word, TimeWindow window, Words times) throws WrongWord {
    if (word.equals("previous")) {
      Duration length = Duration.between(window.from(), window.until());
      return window.from().isBefore(Instant.EPOCH.plus(length))
          ? new TimeWindow(window.from(), window.from())
          : TimeWindow.of(window.from().minus(length), length);
    }
    int dots = word.indexOf(BETWEEN);
    if (dots < 0) {
      throw new WrongWord("against must be previous, or two times such as 2026-11-20..2026-11-21");
    }
    return window(
        times.time("against", word.substring(0, dots)),
        times.time("against", word.substring(dots + BETWEEN.length())),
        "against must begin before it ends");
  }

  private static double target(@Nullable String word) throws WrongWord {
    try {
      double percent = word == null ? DEFAULT_TARGET : Double.parseDouble(word.replace("%", ""));
      if (percent > 0 && percent < 100) {
        return percent / 100;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new WrongWord("target must be a percentage above 0 and below 100, such as 99.9");
  }
}
