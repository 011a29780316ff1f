package io.tollwatch.exchange;

import io.tollwatch.taxonomy.Money;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// Money that a check may have taken and must give back: written before the step is sent, and again
/// whenever more is known of it. Of those with the same id the newest counts. Immutable, redacted.
///
/// @param id of the taking: the same in a second run of the same planned check
/// @param at when this was written
/// @param opened when the step was about to be sent
/// @param check the check's name
/// @param planned for when the run was planned
/// @param step the step that takes it
/// @param provider that it was sent to; before a channel has chosen one the channel, and then
///   nothing was sent
/// @param amountMinor in minor units of the currency, where the request says it
/// @param exchange the step's exchange, once it is known
/// @param money what the step came to; in doubt before it is known
/// @param handles by what the clean-up finds it: never a secret
/// @param request what was sent, redacted, as far as it must be compared before it is sent again;
///   empty if it is too long
/// @param tries how often it was tried to give it back
/// @param reason one line for people
public record TestMoney(
    String id,
    Instant at,
    Instant opened,
    State state,
    String check,
    Instant planned,
    String step,
    String provider,
    OptionalLong amountMinor,
    Optional<String> currency,
    Optional<String> exchange,
    Money money,
    Map<String, String> handles,
    Optional<String> request,
    int tries,
    String reason)
    implements Entry {

  public TestMoney {
    handles = Map.copyOf(Objects.requireNonNullElse(handles, Map.of()));
  }

  /// Where it is.
  public enum State {
    /// It may have been taken, and is not back.
    OPEN,
    /// It was given back: refunded, voided or cancelled.
    RETURNED,
    /// It was never taken: not sent, refused, or proven not to be there.
    NEVER_TAKEN,
    /// Somebody said that it is settled.
    BY_HAND;

    /// The word as it stands in JSON, metrics and on pages.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Whether it may still be with the gateway.
  public boolean isOpen() {
    return state == State.OPEN;
  }

  /// What is known now.
  public TestMoney now(Instant when, State next, String why) {
    return new TestMoney(
        id,
        when,
        opened,
        next,
        check,
        planned,
        step,
        provider,
        amountMinor,
        currency,
        exchange,
        money,
        handles,
        request,
        tries,
        why);
  }

  /// About to be sent to that provider.
  public TestMoney sentTo(Instant when, String to) {
    return new TestMoney(
        id,
        when,
        opened,
        state,
        check,
        planned,
        step,
        to,
        amountMinor,
        currency,
        exchange,
        money,
        handles,
        request,
        tries,
        reason);
  }

  /// With its exchange, and by what it is found now.
  public TestMoney known(Instant when, String sentAs, Money cameTo, Map<String, String> found) {
    return new TestMoney(
        id,
        when,
        opened,
        state,
        check,
        planned,
        step,
        provider,
        amountMinor,
        currency,
        Optional.of(sentAs),
        cameTo,
        found,
        request,
        tries,
        reason);
  }

  /// After one more try to give it back that did not succeed.
  public TestMoney tried(Instant when, Map<String, String> found, String why) {
    return new TestMoney(
        id,
        when,
        opened,
        state,
        check,
        planned,
        step,
        provider,
        amountMinor,
        currency,
        exchange,
        money,
        found,
        request,
        tries + 1,
        why);
  }
}
