package io.tollwatch.verdict;

import static io.tollwatch.verdict.Judging.judge;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Progress;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.timing.Phase;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// What holds for any input at all (P1, P6, P8).
class ClassifierPropertiesTest {

  @Property
  void anyAnswerHasAVerdictAndAlwaysTheSame(
      @ForAll @From("profiles") String profile,
      @ForAll Operation operation,
      @ForAll boolean moves,
      @ForAll @IntRange(min = 100, max = 999) int status,
      @ForAll @From("bodies") String body,
      @ForAll KeptBody.State state) {
    Observation seen =
        Observation.answered(status, Fields.none(), new KeptBody(body, state, body.length()));
    Call call = new Call(operation, moves);
    Verdict verdict = judge(profile, call, seen);
    assertThat(judge(profile, call, seen)).isEqualTo(verdict);
    assertThat(verdict.money() == Money.NONE).isEqualTo(!moves);
    if (verdict.category().name().startsWith("DECLINE")) {
      assertThat(verdict.routingHealth() || verdict.slaFault()).isFalse();
    }
  }

  @Property
  void a2xxToACallThatMovesMoneySucceedsOnlyWithItsMandatoryFields(
      @ForAll @From("profiles") String profile,
      @ForAll Operation operation,
      @ForAll @IntRange(min = 200, max = 299) int status,
      @ForAll @From("incomplete") String body) {
    Verdict verdict =
        judge(
            profile,
            new Call(operation, true),
            Observation.answered(status, Fields.none(), Judging.whole(body)));
    assertThat(verdict.category()).isNotEqualTo(Category.SUCCEEDED);
    assertThat(verdict.money()).isNotEqualTo(Money.SUCCEEDED);
  }

  @Property
  void whatWasMaybeSentAndBrokeIsInDoubt(
      @ForAll @From("profiles") String profile,
      @ForAll Operation operation,
      @ForAll Breakage breakage,
      @ForAll Phase phase,
      @ForAll @IntRange(min = 100, max = 999) int status,
      @ForAll @From("bodies") String body) {
    Observation seen =
        new Observation(
            Progress.MAYBE_SENT,
            Optional.of(breakage),
            Optional.of(phase),
            OptionalInt.of(status),
            Fields.none(),
            Judging.whole(body));
    assertThat(judge(profile, new Call(operation, true), seen).money()).isEqualTo(Money.IN_DOUBT);
  }

  @Property
  void anyRequestHasFactsAndARoute(
      @ForAll @From("profiles") String name,
      @ForAll String method,
      @ForAll String target,
      @ForAll @From("bodies") String body,
      @ForAll boolean form) {
    String type = form ? "application/x-www-form-urlencoded" : "application/json";
    var profile = Judging.PROFILES.byName(name);
    assertThat(profile.route(method, target, () -> body, type)).isNotNull();
    assertThat(GatewayFacts.ofRequest(profile, target, type, body)).isNotNull();
    assertThat(GatewayFacts.ofAnswer(profile, Fields.none(), body)).isNotNull();
  }

  @Provide
  Arbitrary<String> profiles() {
    return Arbitraries.of("stripe", "adyen", "alipay", "generic");
  }

  @Provide
  Arbitrary<String> bodies() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(200),
        Arbitraries.strings().withChars("{}[]\":,0e1-.<x&=%\\u").ofMaxLength(60),
        incomplete());
  }

  /// Bodies that claim a success, each without something that a success must have.
  @Provide
  Arbitrary<String> incomplete() {
    Arbitrary<String> word =
        Arbitraries.of(
            "succeeded", "Authorised", "10000", "TRADE_SUCCESS", "paid", "S", "true", "0");
    Arbitrary<String> name =
        Arbitraries.of("status", "resultCode", "code", "trade_status", "paid", "refusalReasonCode");
    return name.list()
        .ofMaxSize(4)
        .uniqueElements()
        .flatMap(names ->
            word.list()
                .ofSize(names.size())
                .map(words -> {
                  StringBuilder body = new StringBuilder("{\"x\":1");
                  for (int i = 0; i < names.size(); i++) {
                    body.append(",\"%s\":\"%s\"".formatted(names.get(i), words.get(i)));
                  }
                  return body.append("}").toString();
                }));
  }
}
