package io.tollwatch.checks.run;

import io.tollwatch.checks.script.Assertion;
import io.tollwatch.checks.script.Finding;
import io.tollwatch.checks.script.Value;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.profile.Message;
import io.tollwatch.profile.Place;
import io.tollwatch.profile.Profile;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.timing.Phase;
import io.tollwatch.verdict.GatewayFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Looks at an answer for what was expected of it. Immutable.
///
/// @param values for the places in what is expected
/// @param now for how long certificates are still valid
record Judging(Profile profile, Redactor redactor, Function<String, Value> values, Instant now) {

  private static final int MAX_SHOWN = 120;
  private static final String NO_ANSWER = "no answer";

  List<Finding> of(List<Assertion> expected, StepAnswer answer) {
    return expected.stream().map(each -> of(each, answer)).toList();
  }

  static boolean hold(List<Finding> findings) {
    return findings.stream().allMatch(Finding::holds);
  }

  private Finding of(Assertion assertion, StepAnswer answer) {
    return switch (assertion) {
      case Assertion.Status(var statuses) ->
          anyOf(
              "status",
              statuses.stream().map(String::valueOf).toList(),
              answer.message().map(message -> Integer.toString(message.status())));
      case Assertion.CategoryIs(var categories) ->
          anyOf(
              "category",
              categories.stream().map(each -> each.word()).toList(),
              answer.outcome().map(outcome -> outcome.verdict().category().word()));
      case Assertion.MoneyIs(var money) ->
          anyOf(
              "money",
              money.stream().map(each -> each.word()).toList(),
              answer.outcome().map(outcome -> outcome.verdict().money().word()));
      case Assertion.Says(Place place, var texts) ->
          anyOf(
              place.text(),
              texts.stream().map(text -> text.fill(values, UnaryOperator.identity())).toList(),
              text(place, answer));
      case Assertion.Matches(Place place, var pattern) -> {
        Optional<String> found = text(place, answer);
        yield new Finding(
            place.text() + " matches " + pattern.pattern(),
            shown(found),
            found.filter(pattern::matches).isPresent());
      }
      case Assertion.Present(Place place) ->
          new Finding(
              place.text() + " is there", there(place, answer), isThere(place, answer, true));
      case Assertion.Absent(Place place) ->
          new Finding(
              place.text() + " is not there", there(place, answer), isThere(place, answer, false));
      case Assertion.BodyHas(var pattern) ->
          new Finding(
              "the body has " + pattern.pattern(),
              answer.message().isEmpty() ? NO_ANSWER : answer.body().length() + " characters",
              pattern.matcher(answer.body()).find());
      case Assertion.Amount(var minor) ->
          anyOf("amount", List.of(minor.fill(values, UnaryOperator.identity())), amount(answer));
      case Assertion.Within(Duration limit) ->
          within("total", limit, answer.outcome().map(outcome -> outcome.timings().total()));
      case Assertion.PhaseWithin(Phase phase, Duration limit) ->
          within(
              phase.word(),
              limit,
              answer.outcome().map(each -> each.timings().duration(phase).orElse(Duration.ZERO)));
      case Assertion.TlsDaysLeft(int days) -> tls(days, answer.outcome());
    };
  }

  private Finding anyOf(String what, Collection<String> wanted, Optional<String> found) {
    return new Finding(
        what
            + " "
            + wanted.stream()
                .map(text -> shown(Optional.of(text)))
                .collect(Collectors.joining(" or ")),
        shown(found),
        found.filter(wanted::contains).isPresent());
  }

  private static Finding within(String what, Duration limit, Optional<Duration> took) {
    return new Finding(
        what + " within " + limit.toMillis() + " ms",
        took.map(each -> "%.1f ms".formatted(each.toNanos() / 1e6)).orElse(NO_ANSWER),
        took.filter(each -> each.compareTo(limit) <= 0).isPresent());
  }

  private Finding tls(int days, Optional<Outcome> outcome) {
    Optional<Long> left =
        outcome
            .flatMap(each -> each.connection().tls())
            .map(tls -> Duration.between(now, tls.certificateExpires()).toDays());
    return new Finding(
        "the certificate is valid for " + days + " days",
        left.map(each -> each + " days").orElse("no TLS"),
        left.filter(each -> each >= days).isPresent());
  }

  private Optional<String> amount(StepAnswer answer) {
    OptionalLong minor =
        answer
            .message()
            .map(message -> GatewayFacts.ofAnswer(profile, message.fields(), answer.body()))
            .map(GatewayFacts::amountMinor)
            .orElse(OptionalLong.empty());
    return minor.isPresent() ? Optional.of(Long.toString(minor.getAsLong())) : Optional.empty();
  }

  private static Optional<String> text(Place place, StepAnswer answer) {
    return answer.message().flatMap(place::text);
  }

  private static boolean isThere(Place place, StepAnswer answer, boolean wanted) {
    return answer.message().filter(message -> place.present(message) == wanted).isPresent();
  }

  private static String there(Place place, StepAnswer answer) {
    return answer
        .message()
        .map((Message message) -> place.present(message) ? "there" : "not there")
        .orElse(NO_ANSWER);
  }

  private String shown(Optional<String> text) {
    String safe = redactor.text(text.orElse("nothing"));
    return safe.length() <= MAX_SHOWN ? safe : safe.substring(0, MAX_SHOWN) + "...";
  }
}
