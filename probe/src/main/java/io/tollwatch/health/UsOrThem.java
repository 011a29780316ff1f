package io.tollwatch.health;

import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Says whose trouble it is, by live calls and checks of the same operation at the same provider
/// side by side. Stateless: a pure function of what was counted.
///
/// | live | checks | then it is |
/// |---|---|---|
/// | bad | bad | the provider |
/// | bad | good | us: what the service sends, or its account |
/// | bad | bad, at all providers | our network |
public final class UsOrThem {

  private static final int SEVERAL = 2;

  private UsOrThem() {}

  /// Calls of one side, and how many of them went badly. Immutable.
  public record Side(long calls, long bad) {

    /// Fewer say nothing.
    private static final int ENOUGH = 2;

    /// None.
    public static Side none() {
      return new Side(0, 0);
    }

    /// Both together.
    public Side plus(Side other) {
      return new Side(calls + other.calls, bad + other.bad);
    }

    boolean isBad() {
      return calls >= ENOUGH && bad * 2 >= calls;
    }

    boolean isGood() {
      return calls >= ENOUGH && bad * 2 < calls;
    }
  }

  /// What was seen of an operation at a provider in some time. Immutable.
  public record Seen(String provider, Operation operation, Side live, Side checks) {

    private boolean bothBad() {
      return live.isBad() && checks.isBad();
    }

    private boolean compares() {
      return (live.isBad() || live.isGood()) && (checks.isBad() || checks.isGood());
    }

    private String shown() {
      return provider + " " + operation.word();
    }
  }

  /// Whose trouble it is.
  public enum Culprit {
    PROVIDER,
    US,
    NETWORK;

    /// The word as it stands in JSON and on pages.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// One trouble. Immutable.
  ///
  /// @param provider empty where it is at all of them
  /// @param operation as well
  /// @param sentence for people
  public record Finding(
      Culprit culprit, Optional<String> provider, Optional<Operation> operation, String sentence) {}

  /// What the numbers say; empty if there is no trouble, or nothing to compare.
  public static List<Finding> of(List<Seen> seen) {
    List<Seen> comparable = seen.stream().filter(Seen::compares).toList();
    long providers = comparable.stream().map(Seen::provider).distinct().count();
    if (providers >= SEVERAL && comparable.stream().allMatch(Seen::bothBad)) {
      return List.of(
          new Finding(
              Culprit.NETWORK,
              Optional.empty(),
              Optional.empty(),
              "it is our network: live calls and checks fail at all " + providers + " providers"));
    }
    List<Finding> findings = new ArrayList<>();
    for (Seen each : comparable) {
      if (each.bothBad()) {
        findings.add(
            finding(
                Culprit.PROVIDER,
                each,
                "it is the provider: %d of %d live calls and %d of %d of the checks' fail"));
      } else if (each.live().isBad()) {
        findings.add(
            finding(
                Culprit.US,
                each,
                "it is us: %d of %d live calls fail, but only %d of %d of the checks'"));
      }
    }
    return findings;
  }

  private static Finding finding(Culprit culprit, Seen seen, String text) {
    String numbers =
        text.formatted(
            seen.live().bad(), seen.live().calls(), seen.checks().bad(), seen.checks().calls());
    return new Finding(
        culprit,
        Optional.of(seen.provider()),
        Optional.of(seen.operation()),
        seen.shown() + ": " + numbers);
  }

  /// Whether a call went badly for us, whoever is guilty. Declines are answers (P8).
  public static boolean wentBadly(Verdict verdict) {
    return wentBadly(verdict.fault(), verdict.money(), Sign.of(verdict) == Sign.FAILED);
  }

  /// The same of what is counted of a call.
  ///
  /// @param failed whether it failed, which counts where nobody knows whose fault that was
  public static boolean wentBadly(Fault fault, Money money, boolean failed) {
    return switch (fault) {
      case PROVIDER, NETWORK, RATE_LIMIT, MERCHANT_CONFIG, MERCHANT_REQUEST -> true;
      case NONE, ISSUER, CUSTOMER, FRAUD -> false;
      case UNKNOWN -> money == Money.IN_DOUBT || failed;
    };
  }
}
