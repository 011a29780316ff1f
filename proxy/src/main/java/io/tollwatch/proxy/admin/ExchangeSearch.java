package io.tollwatch.proxy.admin;

import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.Progress;
import io.tollwatch.ledger.store.ExchangeFilter;
import io.tollwatch.ledger.store.ExchangeQuery;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

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
          query.and(new ExchangeFilter.OperationIs(Words.of(Operation.class, name, value)));
      case "origin" -> query.and(new ExchangeFilter.OriginIs(Words.of(Origin.class, name, value)));
      case "category" ->
          query.and(new ExchangeFilter.CategoryIs(Words.of(Category.class, name, value)));
      case "money" -> query.and(new ExchangeFilter.MoneyIs(Words.of(Money.class, name, value)));
      case "progress" ->
          query.and(new ExchangeFilter.ProgressIs(Words.of(Progress.class, name, value)));
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

  private Instant time(String name, String value) throws WrongWord {
    return new Words(clock, ZoneOffset.UTC).time(name, value);
  }
}
