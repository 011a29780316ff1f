package io.tollwatch.routing;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.store.ExchangeFilter;
import io.tollwatch.ledger.store.ExchangeQuery;
import io.tollwatch.ledger.store.ExchangeReader;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Finds in the ledger's store which provider took a payment. Thread-safe. Waits for [#PATIENCE] at
/// most, with [#AT_ONCE] searches under way: a database in trouble must not hold calls (P4).
public final class StoredTakers implements Takers {

  static final Duration PATIENCE = Duration.ofSeconds(2);
  static final int AT_ONCE = 4;

  private static final int LOOKED_AT = 20;
  private static final Executor THREADS = Thread.ofVirtual().name("taker-", 0)::start;

  private final Supplier<ExchangeReader> reader;
  private final Semaphore searches = new Semaphore(AT_ONCE);

  public StoredTakers(Supplier<ExchangeReader> reader) {
    this.reader = reader;
  }

  @Override
  public Optional<String> taker(Named payment) {
    if ((payment.payment().isEmpty() && payment.reference().isEmpty()) || !searches.tryAcquire()) {
      return Optional.empty();
    }
    CompletableFuture<Optional<String>> search =
        CompletableFuture.supplyAsync(() -> search(payment), THREADS);
    var _ = search.whenComplete((_, _) -> searches.release());
    try {
      return search.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty(); // the ledger's own state says what is wrong with it
    }
  }

  private Optional<String> search(Named payment) {
    try {
      Optional<String> byReference =
          payment
              .reference()
              .flatMap(
                  reference -> only(payment, new ExchangeFilter.Reference(reference), _ -> true));
      return byReference.isPresent()
          ? byReference
          : payment
              .payment()
              .flatMap(id -> only(payment, new ExchangeFilter.Text(id), each -> names(each, id)));
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /// The one provider of the channel where such a payment may have been taken; none if there are
  /// several.
  private Optional<String> only(Named payment, ExchangeFilter filter, Predicate<Exchange> certain) {
    List<String> providers =
        reader
            .get()
            .find(
                ExchangeQuery.of(new ExchangeFilter.OperationIs(Operation.PAY))
                    .and(filter)
                    .limit(LOOKED_AT))
            .stream()
            .filter(StoredTakers::mayHaveTaken)
            .filter(certain)
            .map(exchange -> exchange.intent().provider())
            .filter(payment.channel().providers()::contains)
            .distinct()
            .toList();
    return providers.size() == 1 ? Optional.of(providers.getFirst()) : Optional.empty();
  }

  /// Whether the answer names just that id, and not a longer one.
  private static boolean names(Exchange exchange, String id) {
    return exchange
        .outcome()
        .filter(outcome ->
            outcome.payment().filter(id::equals).isPresent()
                || outcome
                    .answer()
                    .filter(answer -> answer.body().text().contains('"' + id + '"'))
                    .isPresent())
        .isPresent();
  }

  private static boolean mayHaveTaken(Exchange exchange) {
    return exchange
        .outcome()
        .map(outcome -> outcome.verdict().money())
        .map(money -> money != Money.REJECTED && money != Money.NOT_SENT)
        .orElse(true);
  }
}
