package io.tollwatch.proxy.admin;

import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.Progress;
import io.tollwatch.ledger.store.ExchangeFilter;
import io.tollwatch.ledger.store.ExchangeQuery;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A search for exchanges in words, as commands and the API say it. Immutable, thread-safe.
public record ExchangeSearch(InstantSource clock) {

  private static final String NAMES =
      "since, until, provider, operation, origin, category, money, progress, trace, reference,"
          + " request-id, text, trouble, limit, before";
  private static final Pattern ID = Pattern.compile("[0-9A-HJKMNP-TV-Z]{8,26}");

  /// What came of reading one.
  public sealed interface Parsed {
    /// It can be asked.
    record Query(ExchangeQuery query) implements Parsed {}

    /// It is wrong.
    ///
    /// @param reason one sentence: what is wrong and what would be right
    record Wrong(String reason) implements Parsed {}
  }

  /// Reads the words by the names of the filters.
  public Parsed parse(Map<String, String> words) {
    try {
      ExchangeQuery query = ExchangeQuery.of();
      for (Map.Entry<String, String> word : words.entrySet()) {
        query = add(query, word.getKey(), word.getValue());
      }
      return new Parsed.Query(query);
    } catch (WrongWord e) {
      return new Parsed.Wrong(String.valueOf(e.getMessage()));
    }
  }

  private ExchangeQuery add(ExchangeQuery query, String name, String value) throws WrongWord {
    return switch (name) {
      case "since" -> query.and(new ExchangeFilter.From(time(name, value)));
      case "until" -> query.and(new ExchangeFilter.Until(time(name, value)));
      case "provider" -> query.and(new ExchangeFilter.ProviderIs(value));
      case "operation" ->
          query.and(new ExchangeFilter.OperationIs(word(Operation.class, name, value)));
      case "origin" -> query.and(new ExchangeFilter.OriginIs(word(Origin.class, name, value)));
      case "category" ->
          query.and(new ExchangeFilter.CategoryIs(word(Category.class, name, value)));
      case "money" -> query.and(new ExchangeFilter.MoneyIs(word(Money.class, name, value)));
      case "progress" ->
          query.and(new ExchangeFilter.ProgressIs(word(Progress.class, name, value)));
      case "trace" -> query.and(new ExchangeFilter.Trace(value));
      case "reference" -> query.and(new ExchangeFilter.Reference(value));
      case "request-id" -> query.and(new ExchangeFilter.RequestId(value));
      case "text" -> query.and(new ExchangeFilter.Text(value));
      case "trouble" -> query.and(new ExchangeFilter.Trouble());
      case "before" -> query.before(id(value));
      case "limit" -> query.limit(limit(value));
      default -> throw new WrongWord("there is no such filter; there are: " + NAMES);
    };
  }

  private static String id(String value) throws WrongWord {
    String id = value.toUpperCase(Locale.ROOT);
    if (ID.matcher(id).matches()) {
      return id;
    }
    throw new WrongWord("before must be an id, or at least the first 8 characters of one");
  }

  private static int limit(String value) throws WrongWord {
    try {
      int limit = Integer.parseInt(value);
      if (limit >= 1 && limit <= ExchangeQuery.MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new WrongWord("limit must be a number from 1 to " + ExchangeQuery.MAX_LIMIT);
  }

  private static <E extends Enum<E>> E word(Class<E> words, String name, String value)
      throws WrongWord {
    try {
      return Enum.valueOf(words, value.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      String known =
          Arrays.stream(words.getEnumConstants())
              .map(constant -> constant.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
      throw new WrongWord(name + " must be one of: " + known);
    }
  }

  /// A duration back from now (`90s`, `15m`, `24h`, `7d`), a date, or an instant.
  private Instant time(String name, String value) throws WrongWord {
    try {
      if (value.matches("[0-9]{1,6}[smhd]")) {
        String iso = value.endsWith("d") ? "P" + value : "PT" + value;
        return clock.instant().minus(Duration.parse(iso.toUpperCase(Locale.ROOT)));
      }
      return value.length() == 10
          ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(value);
    } catch (DateTimeException e) {
      throw new WrongWord(
          name
              + " must be a duration such as 15m or 24h, a date such as 2026-11-22, or an instant"
              + " such as 2026-11-22T14:30:00Z");
    }
  }

  /// A word that can't be understood.
  private static final class WrongWord extends Exception {
    private static final long serialVersionUID = 1;

    WrongWord(String message) {
      super(message);
    }
  }
}
