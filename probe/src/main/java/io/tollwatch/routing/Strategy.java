package io.tollwatch.routing;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/// How a channel chooses among its providers. It only says in which order they are asked: whether a
/// payment may go to one is decided by the index of payments and the gate, whatever the strategy.
/// Immutable.
public sealed interface Strategy {

  /// The providers in the order in which they are asked for leave, for one call.
  ///
  /// @param providers those of the channel that come into question, in the configured order
  List<String> order(List<String> providers, Basis basis);

  /// Draws for a canary whether it gets a call.
  ///
  /// @return from 0 to below 1
  default double lot(String canary, Basis basis) {
    return basis.random().getAsDouble();
  }

  /// What an order is based on. Immutable.
  ///
  /// @param payment fingerprint of what the payment is known by
  /// @param recent what providers did of late
  /// @param random from 0 to below 1, each time anew
  record Basis(Optional<String> payment, Recent recent, DoubleSupplier random) {}

  /// Knows what providers did of late, for the operation in question.
  @FunctionalInterface
  interface Recent {

    /// What calls there came to within that time.
    Results of(String provider, Duration window);
  }

  /// The first healthy one, as configured.
  record Ordered() implements Strategy {

    @Override
    public List<String> order(List<String> providers, Basis basis) {
      return providers;
    }
  }

  /// By chance, each as often first as its share of the weights says. One of weight 0 comes behind
  /// all others.
  ///
  /// @param weights by provider; at least one above 0. A provider that is not named has 1
  record Weighted(Map<String, Integer> weights) implements Strategy {

    public Weighted {
      weights = Map.copyOf(weights);
    }

    @Override
    public List<String> order(List<String> providers, Basis basis) {
      return drawn(providers, weights, _ -> basis.random().getAsDouble());
    }
  }

  /// As by weight, but the same payment always comes to the same order, at every sidecar and after
  /// a restart: rendezvous hashing, so that a provider that comes or goes moves no others'
  /// payments. A payment that nothing is known of goes by chance.
  ///
  /// @param weights as of [Weighted]
  record Sticky(Map<String, Integer> weights) implements Strategy {

    public Sticky {
      weights = Map.copyOf(weights);
    }

    @Override
    public List<String> order(List<String> providers, Basis basis) {
      return drawn(
          providers,
          weights,
          provider ->
              basis
                  .payment()
                  .map(mark -> hashed(mark, provider))
                  .orElseGet(basis.random()::getAsDouble));
    }

    /// The same payment always finds the same provider, as long as the share is the same.
    @Override
    public double lot(String canary, Basis basis) {
      return basis
          .payment()
          .map(mark -> hashed(mark, "canary " + canary))
          .orElseGet(basis.random()::getAsDouble);
    }

    private static double hashed(String payment, String provider) {
      long seed = ((long) payment.hashCode() << 32) ^ provider.hashCode();
      return new SplittableRandom(seed).nextDouble();
    }
  }

  /// The one that did best of late first: by the share of calls that went well, declines among
  /// them, less what their time costs. A small share of calls goes to the others by chance, else
  /// nobody would see that they are well again.
  ///
  /// @param exploration that share, all others together; from 0.01 to 0.5
  /// @param window how far back it looks; from 30s to 1h
  /// @param secondCosts what share of calls going well a second of their time is worth; from 0 to 1
  record Adaptive(double exploration, Duration window, double secondCosts) implements Strategy {

    @Override
    public List<String> order(List<String> providers, Basis basis) {
      return new Adapting(providers, this, basis.recent()).explored(exploration, basis.random());
    }
  }

  /// From 0 to below 1, for a provider.
  @FunctionalInterface
  interface Lot {
    double draw(String provider);
  }

  /// Weighted sampling without replacement: each draws -ln(u)/weight, the smallest comes first
  /// (Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006).
  private static List<String> drawn(List<String> providers, Map<String, Integer> weights, Lot lot) {
    Map<String, Double> places = new HashMap<>();
    for (String provider : providers) {
      double u = 1 - lot.draw(provider);
      places.put(provider, -Math.log(u) / weights.getOrDefault(provider, 1));
    }
    // divided by 0 it is infinite, or not a number where nothing was drawn: both come last
    return providers.stream().sorted(Comparator.comparingDouble(places::get)).toList();
  }
}
