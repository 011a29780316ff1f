package io.tollwatch.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollwatch.attempt.Breakage;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.ledger.Samples;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.timing.Phase;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ExchangeJsonTest {

  static Stream<Exchange> comesBackAsItWas() {
    return Stream.of(
            Optional.<Outcome>empty(),
            Optional.of(Samples.succeeded(1)),
            Optional.of(Samples.declined(1, "insufficient_funds")),
            Optional.of(Samples.lost(1)),
            Optional.of(Unfinished.outcome(Samples.pay(1))),
            Optional.of(
                Samples.answered(
                    1,
                    Category.PENDING,
                    Fault.NONE,
                    Optional.of("\"\\\n\u0001é€"),
                    "\uD83D\uDCB8\t")))
        .map(outcome -> new Exchange(Samples.pay(1), outcome));
  }

  @ParameterizedTest
  @MethodSource
  void comesBackAsItWas(Exchange exchange) {
    assertThat(ExchangeJson.read(ExchangeJson.write(exchange))).isEqualTo(exchange);
    assertThat(ExchangeJson.read(ExchangeJson.tree(exchange))).isEqualTo(exchange);
  }

  @ParameterizedTest
  @EnumSource
  void everyCategoryComesBack(Category category) {
    Outcome outcome = Samples.answered(2, category, Fault.NONE, Optional.empty(), "");
    Exchange exchange = new Exchange(Samples.pay(2), Optional.of(outcome));

    JsonNode json = ExchangeJson.tree(exchange);

    assertThat(json.at("/outcome/verdict/category").asString()).isEqualTo(category.word());
    assertThat(json.at("/outcome/verdict/money").asString()).isEqualTo(category.money().word());
    assertThat(ExchangeJson.read(json)).isEqualTo(exchange);
  }

  @Test
  void namesAndWordsAreTheDesigns() {
    JsonNode json = ExchangeJson.tree(new Exchange(Samples.pay(1), Optional.of(Samples.lost(1))));

    assertThat(json.at("/intent/started_at").asString())
        .isEqualTo("2026-03-01T10:00:01.123456789Z");
    assertThat(json.at("/intent/operation").asString()).isEqualTo("pay");
    assertThat(json.at("/intent/moves_money").asBoolean()).isTrue();
    assertThat(json.at("/intent/correlation/idempotency_key").asString())
        .isEqualTo("fingerprint-1");
    assertThat(json.at("/intent/repeat_of").asString()).isEqualTo(Samples.id(0));
    assertThat(json.at("/intent/body/total_bytes").asInt()).isEqualTo(14);
    assertThat(json.at("/intent/fields/2/name").asString()).isEqualTo("accept");
    assertThat(json.at("/outcome/progress").asString()).isEqualTo("maybe_sent");
    assertThat(json.at("/outcome/broken/breakage").asString())
        .isEqualTo(Breakage.RESPONSE_TIMEOUT.word());
    assertThat(json.at("/outcome/broken/phase").asString()).isEqualTo(Phase.WAIT.word());
    assertThat(json.at("/outcome/verdict/money").asString()).isEqualTo("in_doubt");
    assertThat(json.at("/outcome/timings/total_ns").asLong()).isEqualTo(100_777);
    assertThat(json.at("/outcome/timings/own_ns").asLong()).isEqualTo(12_776);
    assertThat(json.at("/outcome/timings/phases/connect/start_ns").asLong()).isEqualTo(1_000);
    assertThat(json.at("/outcome/timings/phases/send/spent_ns").asLong()).isEqualTo(1_500);
  }

  @Test
  void whatIsAbsentIsLeftOut() {
    JsonNode json = ExchangeJson.tree(new Exchange(Samples.pay(0), Optional.of(Samples.lost(0))));

    assertThat(json.at("/intent").has("repeat_of")).isFalse();
    assertThat(json.at("/outcome").has("answer")).isFalse();
    assertThat(json.at("/outcome/timings/phases").has("tls")).isFalse();
    assertThat(ExchangeJson.tree(new Exchange(Samples.pay(0), Optional.empty())).has("outcome"))
        .isFalse();
  }

  @Test
  void passesOverNamesOfANewerWriter() {
    Exchange exchange = new Exchange(Samples.pay(3), Optional.of(Samples.succeeded(3)));
    String newer = ExchangeJson.write(exchange).replace("{\"intent\":{", "{\"intent\":{\"zz\":1,");

    assertThat(newer).contains("\"zz\"");
    assertThat(ExchangeJson.read(newer)).isEqualTo(exchange);
  }

  @Test
  void wordsDoNotDependOnTheMachinesLanguage() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      Exchange exchange = new Exchange(Samples.pay(1), Optional.of(Samples.lost(1)));
      assertThat(ExchangeJson.write(exchange)).contains("\"response_timeout\"", "\"wait\"");
      assertThat(ExchangeJson.read(ExchangeJson.write(exchange))).isEqualTo(exchange);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void saysSoIfItIsNoExchange() {
    assertThatThrownBy(() -> ExchangeJson.read("{\"intent\":"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not an exchange's JSON");
  }

  /// What a journal forgets must be settled for sure.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"id":"x","verdict":{"money":"succeeded"}} | true
          {"id":"x","verdict":{"money":"rejected"}}  | true
          {"id":"x","verdict":{"money":"none"}}      | true
          {"id":"x","verdict":{"money":"in_doubt"}}  | false
          {"id":"x","verdict":{"money":null}}        | false
          {"id":"x","verdict":{}}                    | false
          {"id":"x","verdict":null}                  | false
          {"id":"x"}                                 | false
          """)
  void onlyAnOutcomeThatSaysWhatBecameOfTheMoneySettles(String json, boolean settles) {
    assertThat(ExchangeJson.gist(json.getBytes(StandardCharsets.UTF_8)).settles())
        .isEqualTo(settles);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"id\":null}",
        "[]",
        "x",
        "{\"id\":\"x\",\"verdict\":{\"money\":\"new\"}}"
      })
  void whatIsNoIntentAndNoOutcomeHasNoGist(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> ExchangeJson.gist(bytes)).isInstanceOf(IllegalArgumentException.class);
  }
}
