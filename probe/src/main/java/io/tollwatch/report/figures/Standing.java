package io.tollwatch.report.figures;

import io.tollwatch.ledger.store.CallCount;
import io.tollwatch.ledger.store.Fact;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// How providers stood in a time: what came of their calls. Confined to one report.
public final class Standing implements Consumer<CallCount> {

  private final SortedMap<String, Provider> providers = new TreeMap<>();

  @Override
  public void accept(CallCount count) {
    providers.computeIfAbsent(count.provider(), Provider::new).take(count);
  }

  /// By name.
  public List<Provider> providers() {
    return List.copyOf(providers.values());
  }

  /// One by its name; one without calls if it had none.
  public Provider provider(String name) {
    return Optional.ofNullable(providers.get(name)).orElseGet(() -> new Provider(name));
  }

  /// All of them as one.
  public Provider all() {
    Provider all = new Provider("all");
    providers.values().forEach(all::add);
    return all;
  }

  /// Whether a payment with that answer was declined: refused by issuer, risk engine or customer's
  /// data. One that the customer cancelled was not.
  public static boolean isDecline(Category category) {
    return switch (category) {
      case DECLINE_SOFT, DECLINE_HARD, FRAUD_BLOCK, CUSTOMER_INPUT, AUTHENTICATION_FAILED -> true;
      default -> false;
    };
  }

  /// Whether a call counts as a failure: it did not end well, or is in doubt.
  public static boolean isFailure(Fact.Ended ended) {
    return !ended.category().endsWell() || ended.money() == Money.IN_DOUBT;
  }

  /// One provider's calls. Confined to one report.
  public static final class Provider {

    private final String name;
    private long calls;
    private long ended;
    private long answered;
    private long faults;
    private long inDoubt;
    private long unavailable;
    private long failed;
    private long paysAnswered;
    private long declined;

    private Provider(String name) {
      this.name = name;
    }

    private void take(CallCount count) {
      calls += count.calls();
      count.ended().ifPresent(it -> take(count.operation(), it, count.calls()));
    }

    private void take(Operation operation, Fact.Ended end, long times) {
      ended += times;
      boolean well = end.category().endsWell();
      answered += well ? times : 0;
      faults += end.slaFault() ? times : 0;
      inDoubt += end.money() == Money.IN_DOUBT ? times : 0;
      unavailable += end.unavailable() ? times : 0;
      failed += isFailure(end) ? times : 0;
      if (operation == Operation.PAY && well) {
        paysAnswered += times;
        declined += isDecline(end.category()) ? times : 0;
      }
    }

    private void add(Provider other) {
      calls += other.calls;
      ended += other.ended;
      answered += other.answered;
      faults += other.faults;
      inDoubt += other.inDoubt;
      unavailable += other.unavailable;
      failed += other.failed;
      paysAnswered += other.paysAnswered;
      declined += other.declined;
    }

    /// Its name.
    public String name() {
      return name;
    }

    /// How many calls there were, with those that run.
    public long calls() {
      return calls;
    }

    /// How many of them ended.
    public long ended() {
      return ended;
    }

    /// How many did not end well, or are in doubt.
    public long failed() {
      return failed;
    }

    /// How many `pay` calls were answered as calls should, with a yes or a no.
    public long paysAnswered() {
      return paysAnswered;
    }

    /// How many of those were declined.
    public long declined() {
      return declined;
    }

    /// How available it was.
    public Availability availability() {
      return new Availability(name, ended, answered, faults, inDoubt, unavailable);
    }
  }
}
