package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.fixtures.echo.EchoGateway;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.fixtures.http.Answer;
import io.tollwatch.fixtures.http.AnswerBody;
import io.tollwatch.fixtures.http.HeaderField;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the head of an answer says of the money: the judged truth or nothing, never a guess.
class JudgedHeadTest {

  @TempDir Path folder;
  private FakeStripe stripe;
  private EchoGateway echo;
  private EgressRig rig;

  @BeforeEach
  void start() {
    stripe = FakeStripe.start();
    echo = EchoGateway.start();
    rig =
        EgressRig.start(
            folder,
            EgressRig.provider("shop", "stripe", stripe.url()),
            EgressRig.provider("echo", "generic", echo.url()));
  }

  @AfterEach
  void stop() {
    rig.close();
    echo.close();
    stripe.close();
  }

  @ParameterizedTest
  @CsvSource({
    "tok_visa, 200, succeeded, succeeded",
    "tok_chargeDeclinedInsufficientFunds, 402, rejected, decline_soft"
  })
  void saysWhatTheAnswerMeans(String source, int status, String money, String category)
      throws IOException {
    EgressClient.Got got;
    try (EgressClient client = rig.client()) {
      got =
          client
              .post(
                  "/shop/v1/charges",
                  "amount=1000&currency=eur&source=" + source,
                  "Authorization: Bearer sk_test_fixture",
                  "Content-Type: application/x-www-form-urlencoded")
              .got();
    }
    assertThat(got.status()).as(got.body()).isEqualTo(status);
    Exchange exchange = rig.exchange();
    assertThat(tollwatch(got))
        .containsExactly(
            new HeaderField("Tollwatch-Exchange", exchange.id()),
            new HeaderField("Tollwatch-Provider", "shop"),
            new HeaderField("Tollwatch-Money", money),
            new HeaderField("Tollwatch-Category", category));
    assertThat(verdict(exchange).money().word()).isEqualTo(money);
    assertThat(verdict(exchange).category().word()).isEqualTo(category);
  }

  @ParameterizedTest
  @CsvSource({"bytes/65536, 4", "bytes/65537, 2", "chunked/65536, 4", "chunked/65537, 2"})
  void saysNothingOfAnAnswerThatIsTooLongToBeReadFirst(String what, int fields) throws IOException {
    EgressClient.Got got;
    try (EgressClient client = rig.client()) {
      got = client.post("/echo/" + what, "a=b").got();
    }
    assertThat(tollwatch(got)).hasSize(fields);
    assertThat(verdict(rig.exchange()).money()).isEqualTo(Money.IN_DOUBT);
  }

  @Test
  void saysNothingOfAnEventStream() throws IOException {
    try (EgressClient client = rig.client()) {
      assertThat(tollwatch(client.post("/echo/events/1", "a=b").got()))
          .extracting(HeaderField::name)
          .containsExactly("Tollwatch-Exchange", "Tollwatch-Provider");
    }
    assertThat(verdict(rig.exchange()).money()).isEqualTo(Money.IN_DOUBT);
  }

  @Test
  void saysNothingOfACallThatMovesNoMoney() throws IOException {
    try (EgressClient client = rig.client()) {
      assertThat(tollwatch(client.get("/echo/bytes/3").got())).hasSize(2);
    }
    assertThat(verdict(rig.exchange()).money()).isEqualTo(Money.NONE);
  }

  @Test
  void isTheOnlyOneWhoSaysSo() throws IOException {
    Answer forged =
        Answer.of(500, "application/json", AnswerBody.of("{}"))
            .with("Tollwatch-Money", "rejected")
            .with("TOLLWATCH-Category", "decline_soft")
            .with("Tollwatch-Earlier-Exchange", "x");
    echo.faults().next(Fault.instead(forged));
    try (EgressClient client = rig.client()) {
      EgressClient.Got got = client.post("/echo/sink", "a=b").got();
      assertThat(got.head().all("Tollwatch-Money")).containsExactly("in_doubt");
      assertThat(got.head().all("Tollwatch-Category")).hasSize(1).doesNotContain("decline_soft");
      assertThat(got.head().first("Tollwatch-Earlier-Exchange")).isEmpty();
    }
  }

  private static List<HeaderField> tollwatch(EgressClient.Got got) {
    return got.head().fields().stream().filter(f -> f.name().startsWith("Tollwatch-")).toList();
  }

  private static Verdict verdict(Exchange exchange) {
    return exchange.outcome().orElseThrow().verdict();
  }
}
