package io.tollwatch.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.RequestBody;
import io.tollwatch.exchange.Correlation;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Handles.Resolve;
import io.tollwatch.ledger.store.ExchangeJson;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Profiles;
import io.tollwatch.profile.ProfilesReading;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.redaction.Secrets;
import io.tollwatch.verdict.Classifier;
import io.tollwatch.wire.Endpoint;
import io.tollwatch.wire.TlsContexts;
import io.tollwatch.wire.Watchdog;
import io.tollwatch.wire.Wire;
import io.tollwatch.wire.WireSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a request is found again by, and what joins it with others: readable if the content rules
/// let it be, by hand if not; fingerprints that outlive a restart, if they may be kept at all.
class HandlesAndJoinsTest {

  private static final int LIMIT = 64 * 1024;
  private static final String CARD = "4242424242424242";

  private final Watchdog watchdog = new Watchdog(System::nanoTime, Duration.ofSeconds(1));
  private final Scribe scribe = scribe(Keys.ofPayments());

  @AfterEach
  void stop() {
    watchdog.close();
  }

  @Test
  void handlesStayReadable() {
    Correlation kept = capture("order-1", "pi_3OaBc2eZvKYlo2C0n7xQ1", "1000", "eur", "key-1");
    assertThat(kept.reference()).contains("order-1");
    assertThat(kept.handles().payment()).contains("pi_3OaBc2eZvKYlo2C0n7xQ1");
    assertThat(kept.handles().amountMinor()).hasValue(1000);
    assertThat(kept.handles().currency()).contains("eur");
    assertThat(kept.handles().resolve()).isEqualTo(Resolve.BY_LOOKUP);
  }

  @Test
  void oneThatHadToBeMaskedMakesItWorkForHands() {
    for (Correlation kept :
        List.of(
            capture(CARD, "pi_1", "1000", "eur", "key-1"),
            capture("order-1", CARD, "1000", "eur", "key-1"),
            capture("order-1", "pi_1", CARD, "eur", "key-1"),
            capture("order-1", "pi_1", CARD + "00", "eur", "key-1"),
            capture("order-1", "pi_1", "1000", CARD, "key-1"),
            capture("order-1", "pi_1", "1000", "737", "key-1"),
            capture("order-1", "pi_1", "1000", "eur", "sk_live_4eC39HqLyjWDarjt"))) {
      assertThat(kept.handles().resolve()).isEqualTo(Resolve.BY_HAND);
      // the random trace identifier may hold any digits
      String told = kept.toString().replace(kept.traceparent(), "");
      assertThat(told).doesNotContain(CARD).doesNotContain("737").doesNotContain("4eC3");
    }
  }

  @Test
  void whoeverReadsTheJsonSeesIt() {
    Exchange exchange =
        new Exchange(
            draft(scribe, CARD, "pi_1", "1000", "eur", "key-1").intent(), Optional.empty());
    assertThat(ExchangeJson.write(exchange)).contains("\"resolve\":\"by_hand\"");
    assertThat(ExchangeJson.read(ExchangeJson.write(exchange))).isEqualTo(exchange);
  }

  @Test
  void fingerprintsOfKeyAndReferenceOutliveARestartWithTheSameKeyOnly() {
    Correlation before = capture(scribe, "order-1", "key-1");
    Correlation after = capture(scribe(Keys.ofPayments()), "order-1", "key-1");
    Correlation elsewhere =
        capture(scribe(new JoinKeys(Keys.of("q"), Optional.empty())), "order-1", "key-1");
    Correlation other = capture(scribe, "order-2", "key-2");
    assertThat(after.idempotencyKey()).isPresent().isEqualTo(before.idempotencyKey());
    assertThat(after.referenceKey()).isPresent().isEqualTo(before.referenceKey());
    assertThat(elsewhere.idempotencyKey()).isPresent().isNotEqualTo(before.idempotencyKey());
    assertThat(elsewhere.referenceKey()).isPresent().isNotEqualTo(before.referenceKey());
    assertThat(other.idempotencyKey()).isNotEqualTo(before.idempotencyKey());
    assertThat(other.referenceKey()).isNotEqualTo(before.referenceKey());
  }

  @Test
  void nothingIsMadeOfWhatHadToBeMasked() {
    Correlation kept = capture(scribe, CARD + " 737", "sk_live_4eC39HqLyjWDarjt");
    assertThat(kept.referenceKey()).as("it may hold a security code").isEmpty();
    assertThat(kept.idempotencyKey()).isEmpty();
  }

  /// Gateways whose refunds have a number of their own, and no key for it.
  @Test
  void theKeyIsReadWhereItsOperationHasIt(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("acme.yaml"),
            """
            name: acme
            version: 1
            routes:
              - {method: POST, paths: [/v1/refunds], operation: refund}
            idempotency: {key: header Idempotency-Key, keys: {refund: $.refund_no}}
            """);
    Profile acme =
        ((ProfilesReading.Valid) Profiles.of(Profiles.shipped(), List.of(file)))
            .profiles()
            .byName("acme");
    Fields key = Fields.of("Idempotency-Key", "same");
    Scribe.Draft one = scribe.draft(provider(acme), incoming("refund_no=1", key));
    Scribe.Draft two = scribe.draft(provider(acme), incoming("refund_no=2", key));
    Scribe.Draft again = scribe.draft(provider(acme), incoming("refund_no=1&x=1", Fields.none()));
    assertThat(two.marks()).hasSize(1).isNotEqualTo(one.marks());
    assertThat(again.marks()).isEqualTo(one.marks());
  }

  @Test
  void repeatsOfAKeyAreSeenByThisProcessOnly() {
    Scribe.Draft one = draft(scribe, "order-1", "pi_1", "1000", "eur", "key-1");
    Scribe.Draft again = draft(scribe, "order-1", "pi_1", "1000", "eur", "key-1");
    Scribe.Draft restarted =
        draft(scribe(Keys.ofPayments()), "order-1", "pi_1", "1000", "eur", "key-1");
    assertThat(again.marks()).hasSize(1).isEqualTo(one.marks());
    assertThat(restarted.marks()).hasSize(1).isNotEqualTo(one.marks());
    assertThat(one.intent().toString())
        .doesNotContain(one.marks().getFirst().fingerprint().substring("key:".length()));
  }

  @Test
  void sameBodyIsUnprovenAfterARestartAndItsDigestIsNotKept() {
    Scribe.Draft one = scribe.draft(provider(), incoming("amount=1", Fields.none()));
    Scribe.Draft again = scribe.draft(provider(), incoming("amount=1", Fields.none()));
    Scribe.Draft restarted =
        scribe(Keys.ofPayments()).draft(provider(), incoming("amount=1", Fields.none()));
    assertThat(again.marks()).hasSize(1).isEqualTo(one.marks());
    assertThat(restarted.marks()).hasSize(1).isNotEqualTo(one.marks());
    assertThat(one.intent().toString())
        .doesNotContain(one.marks().getFirst().fingerprint().substring("body:".length()));
  }

  @Test
  void aCardIsFingerprintedOnlyIfThereIsAKeyForIt() {
    Scribe withCards = scribe(Keys.withCards());
    assertThat(card(scribe, CARD, "737")).isEmpty();
    assertThat(card(withCards, CARD, "737")).isPresent();
    assertThat(card(scribe(Keys.withCards()), CARD, "737")).isEqualTo(card(withCards, CARD, "737"));
    assertThat(card(withCards, "5555555555554444", "737"))
        .isPresent()
        .isNotEqualTo(card(withCards, CARD, "737"));
  }

  @Test
  void theSecurityCodeHasNoPartInIt() {
    Scribe withCards = scribe(Keys.withCards());
    Optional<String> one = card(withCards, CARD, "737");
    for (String code : List.of("738", "139", "", "4242")) {
      assertThat(card(withCards, CARD, code)).isEqualTo(one);
    }
    assertThat(card(withCards, "4242 4242 4242 4242", "1")).isEqualTo(one);
    assertThat(card(withCards, CARD + " 139", "1")).isEmpty();
  }

  /// Of the number nothing is kept but the brand's word, and of what moves no money not even that.
  @Test
  void theRailIsAWordOfTheProfiles() {
    String form = "amount=1000&payment_method_data[card][number]=" + CARD;
    Correlation kept =
        scribe.draft(provider(), incoming(form, Fields.none())).intent().correlation();
    assertThat(kept.handles().rail()).contains("visa");
    assertThat(kept.toString()).doesNotContain("4242");
    assertThat(kept.handles().resolve()).isEqualTo(Resolve.BY_LOOKUP);
    String unknown = "amount=1000&payment_method_data[type]=my_own_wallet";
    assertThat(scribe.draft(provider(), incoming(unknown, Fields.none())).intent().correlation())
        .extracting(each -> each.handles().rail())
        .isEqualTo(Optional.empty());
  }

  private Optional<String> card(Scribe scribe, String number, String code) {
    String form =
        "amount=1000&payment_method_data[card][number]=%s&payment_method_data[card][cvc]=%s"
            .formatted(number.replace(' ', '+'), code);
    return scribe.draft(provider(), incoming(form, Fields.none())).intent().correlation().card();
  }

  private Correlation capture(
      String reference, String payment, String amount, String currency, String key) {
    return draft(scribe, reference, payment, amount, currency, key).intent().correlation();
  }

  private Correlation capture(Scribe scribe, String reference, String key) {
    return draft(scribe, reference, "pi_1", "1000", "eur", key).intent().correlation();
  }

  private Scribe.Draft draft(
      Scribe scribe, String reference, String payment, String amount, String currency, String key) {
    String form =
        "metadata[order_id]=%s&payment_intent=%s&amount=%s&currency=%s"
            .formatted(reference.replace(' ', '+'), payment, amount, currency);
    return scribe.draft(provider(), incoming(form, Fields.of("Idempotency-Key", key)));
  }

  private static Incoming incoming(String form, Fields fields) {
    byte[] body = form.getBytes(UTF_8);
    return new Incoming(
        Origin.LIVE,
        "POST",
        "/v1/refunds",
        fields.plus("Content-Type", "application/x-www-form-urlencoded"),
        new RequestBody.Whole(body, false),
        new CapturedBody(body, body.length, true));
  }

  private static Scribe scribe(JoinKeys keys) {
    return new Scribe(Classifier.shipped(), InstantSource.system(), LIMIT, keys);
  }

  private Provider provider() {
    return provider(Profiles.shipped().byName("stripe"));
  }

  private Provider provider(Profile profile) {
    Duration second = Duration.ofSeconds(1);
    WireSettings settings =
        new WireSettings(
            new Endpoint("127.0.0.1", 1, false),
            Optional.empty(),
            TlsContexts.of(List.of(), Optional.empty()),
            new WireSettings.Limits(second, second, second, second, second),
            1,
            Duration.ZERO);
    return new Provider(
        "stripe",
        profile,
        new Redactor(Secrets.common(), LIMIT),
        new Wire(settings, watchdog, System::nanoTime, LIMIT),
        "",
        "127.0.0.1:1",
        Fields.none(),
        true,
        false,
        Optional.empty());
  }
}
