package io.tollwatch.verdict;

import static io.tollwatch.verdict.Judging.judge;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Progress;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Profiles;
import io.tollwatch.profile.ProfilesReading;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.timing.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// What holds for any input at all (P1, P6, P8).
class ClassifierPropertiesTest {

  /// A gateway that answers in everything that can be read, with lists of codes.
  private static final Profile ALL_KINDS = allKinds();

  private static Profile allKinds() {
    try {
      Path file = Files.createTempFile("profile", ".yaml");
      Files.writeString(
          file,
          """
          name: all-kinds
          version: 1
          answers: [json, xml, form]
          errors:
            - at: $..error[*].code
              rules: {"1": {category: decline_soft, fault: issuer}}
            - at: $.e.code
              rules: {"1": {category: pending, fault: none}}
            - at: header X-Code
              statuses: [402]
              rules: {"1": {category: rate_limited, fault: rate_limit}}
          outcomes:
            - at: $.ok
              requires: [$.e]
              rules: {"1": {category: succeeded, fault: none}}
            - at: status
              rules: {"202": {category: pending, fault: none}}
          """);
      ProfilesReading reading = Profiles.of(Judging.PROFILES, List.of(file));
      Files.delete(file);
      return ((ProfilesReading.Valid) reading).profiles().byName("all-kinds");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

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

  /// From the wire to the verdict: decoded, redacted and judged, whatever the fields say it is.
  @Property
  void anyBytesOfAnyContentTypeHaveAVerdictAndSoHasTheirCopyWhenItIsKept(
      @ForAll @From("profiles") String name,
      @ForAll Operation operation,
      @ForAll @IntRange(min = 100, max = 999) int status,
      @ForAll @From("contentTypes") String type,
      @ForAll @From("encodings") String encoding,
      @ForAll @Size(max = 300) byte[] bytes) {
    Profile profile = Judging.PROFILES.byName(name);
    Redactor redactor = new Redactor(profile.secrets().forRedaction(), 4_096);
    Fields raw = Fields.of("Content-Type", type, "Content-Encoding", encoding);
    KeptBody kept = redactor.answerBody(new CapturedBody(bytes, bytes.length, true), raw);
    Fields fields = redactor.answerFields(raw);
    Call call = new Call(operation, true);
    Verdict verdict =
        Judging.CLASSIFIER.judge(profile, call, Observation.answered(status, fields, kept));
    assertThat(verdict.money()).isNotIn(Money.NONE);
    if (status >= 500) {
      assertThat(verdict.money()).isNotIn(Money.SUCCEEDED);
      assertThat(verdict.trail().finalSource()).isEmpty();
    }
    assertThat(Judging.CLASSIFIER.judge(profile, call, Observation.answered(status, fields, kept)))
        .isEqualTo(verdict);
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

  @Property
  void aProfileOfAllKindsOfBodiesIsTotalToo(
      @ForAll @IntRange(min = 100, max = 999) int status,
      @ForAll Operation operation,
      @ForAll @From("documents") String body) {
    Verdict verdict =
        Judging.CLASSIFIER.judge(
            ALL_KINDS,
            new Call(operation, true),
            Observation.answered(status, Fields.of("X-Code", "1"), Judging.whole(body)));
    assertThat(verdict.money()).isNotIn(Money.NONE, Money.NOT_SENT);
    assertThat(verdict.trail().finalSource()).isEmpty();
    assertThat(GatewayFacts.ofAnswer(ALL_KINDS, Fields.none(), body)).isNotNull();
  }

  @Provide
  Arbitrary<String> profiles() {
    return Arbitraries.of(Judging.PROFILES.names());
  }

  @Provide
  Arbitrary<String> contentTypes() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "application/json",
            "application/json; charset=utf-16",
            "text/html",
            "text/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "image/png",
            ""),
        Arbitraries.strings().ofMaxLength(40));
  }

  @Provide
  Arbitrary<String> encodings() {
    return Arbitraries.of("", "identity", "gzip", "br", "zstd", "deflate", "no such");
  }

  @Provide
  Arbitrary<String> bodies() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(200),
        Arbitraries.strings().withChars("{}[]\":,0e1-.<x&=%\\u").ofMaxLength(60),
        incomplete());
  }

  @Provide
  Arbitrary<String> documents() {
    Arbitrary<String> word = Arbitraries.of("error", "code", "e", "ok", "1", "paid", "");
    Arbitrary<String> xml =
        Arbitraries.lazyOf(
            () -> word,
            () ->
                Combinators.combine(word, documents(), documents())
                    .as((name, one, two) -> "<%s>%s%s</%s>".formatted(name, one, two, name)));
    Arbitrary<String> form =
        Combinators.combine(word, word).as((name, value) -> "e[" + name + "]=" + value + "&ok=1");
    return Arbitraries.oneOf(xml, form, bodies());
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
