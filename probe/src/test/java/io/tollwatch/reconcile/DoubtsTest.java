package io.tollwatch.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What settles a payment in doubt, and what does not.
class DoubtsTest {

  private static final String WECHAT =
      "/v3/pay/transactions/out-trade-no/order-k1?mchid=1900000001";

  private DoubtRig rig = new DoubtRig("stripe");

  @AfterEach
  void close() {
    rig.close();
  }

  private Intent doubtful(String key, String body) {
    Intent intent = rig.pay(key, body);
    rig.doubts.settled(intent, DoubtRig.lost(intent));
    return intent;
  }

  private void gateway(String profile) {
    rig.close();
    rig = new DoubtRig(profile);
  }

  @Test
  void rememberAfterARestartWhatWasFoundTakenOfACallWithoutAnEnd() {
    Intent taken = rig.pay("k1", "{}");
    Intent open = rig.withReference(rig.pay("k2", "{}"), "order-k1");
    Rebuilding rebuilding = rig.doubts.rebuild();

    rebuilding.accept(taken);
    rebuilding.accept(
        new Resolution(
            taken.id(),
            taken.startedAt(),
            Money.SUCCEEDED,
            Resolution.By.EVIDENCE,
            "",
            Optional.empty(),
            Optional.empty()));
    rebuilding.accept(open);
    rebuilding.replayed();

    assertThat(rig.doubts.all()).extracting(Case::exchange).containsExactly(open.id());
    assertThat(rig.doubts.isAmbiguous(rig.doubts.all().getFirst())).isTrue();
  }

  @Test
  void timeAloneSettlesNothing() {
    Intent doubt = doubtful("k1", "{}");
    rig.time.advance(Duration.ofDays(3650));

    assertThat(rig.doubts.find(doubt.id())).isPresent();
    assertThat(rig.resolutions).isEmpty();
  }

  @Test
  void aRepeatIsWorthAsManyLooksAgain() {
    gateway("stripe");
    Intent first = rig.pay("k1", "{}");
    rig.doubts.settled(first, DoubtRig.lost(first));
    Pace pace = Pace.defaults();
    for (int i = 0; i < pace.maxLooks(); i++) {
      Case due = due().getFirst();
      rig.doubts.looked(due, new Look("look", rig.time.now(), Look.Result.NOTHING), pace);
    }
    assertThat(due()).isEmpty();

    Intent repeat = rig.pay("k1", "{}");
    rig.doubts.settled(repeat, DoubtRig.unsent(repeat));
    assertThat(due()).isEmpty();
    rig.doubts.settled(repeat, DoubtRig.lost(repeat));
    assertThat(due()).extracting(Case::exchange).containsExactlyInAnyOrder(first.id(), repeat.id());
  }

  /// The gateway may show the payment of a call that waits for its answer still.
  @Test
  void aReferenceIsAmbiguousWhileAnotherCallWithItRuns() {
    Intent doubt = doubtful("k1", "{}");
    Intent other = rig.withReference(rig.pay("k2", "{}"), "order-k1");
    Case open = rig.doubts.all().getFirst();
    rig.doubts.begun(rig.pay("k1", "{}"));
    assertThat(rig.doubts.isAmbiguous(open)).as("its own repeat").isFalse();

    rig.doubts.begun(other);
    assertThat(rig.doubts.isAmbiguous(open)).isTrue();
    rig.doubts.settled(other, DoubtRig.succeeded(other));
    assertThat(rig.doubts.isAmbiguous(open)).as("it was taken").isTrue();
    assertThat(rig.doubts.find(doubt.id())).isPresent();
  }

  private List<Case> due() {
    rig.time.advance(Duration.ofHours(2));
    return rig.doubts.due(rig.time.now());
  }

  @Test
  void theRepeatsAnswerIsTheFirstsWithinTheLifeOfTheKey() {
    Intent doubt = doubtful("k1", "{}");
    Intent again = rig.pay("k1", "{}");
    rig.doubts.settled(again, DoubtRig.succeeded(again));

    assertThat(rig.resolutions)
        .singleElement()
        .satisfies(it -> {
          assertThat(it.exchange()).isEqualTo(doubt.id());
          assertThat(it.money()).isEqualTo(Money.SUCCEEDED);
          assertThat(it.by()).isEqualTo(Resolution.By.REPEAT);
          assertThat(it.evidence()).hasValue(again.id());
        });
    assertThat(rig.doubts.find(doubt.id())).isEmpty();
  }

  @Test
  void afterTheLifeOfTheKeyARepeatIsAPaymentOfItsOwn() {
    doubtful("k1", "{}");
    rig.time.advance(Duration.ofHours(25));
    Intent again = rig.pay("k1", "{}");
    rig.doubts.settled(again, DoubtRig.succeeded(again));

    assertThat(rig.resolutions).isEmpty();
  }

  /// The gateway may have forgotten the key, whatever the wall clock says of its age.
  @ParameterizedTest
  @CsvSource({"25, 0, false", "25, -20, false", "23, 500, true"})
  void theAgeOfAKeyIsTakenByTheClockThatNobodySets(long passed, long set, boolean settled) {
    doubtful("k1", "{}");
    rig.time.advance(Duration.ofHours(passed));
    rig.setForward = Duration.ofHours(set);
    Intent again = rig.pay("k1", "{}");
    rig.doubts.settled(again, DoubtRig.answered(again, Category.DECLINE_HARD));

    assertThat(rig.resolutions).hasSize(settled ? 1 : 0);
  }

  /// Then only the wall clock tells how old the key is: it never proves that nothing was taken.
  @ParameterizedTest
  @CsvSource({"1, false, 0", "1, true, 1", "13, true, 0", "-1, true, 0"})
  void aRepeatAfterARestartProvesLess(long hours, boolean taken, int settled) {
    Intent first = rig.pay("k1", "{}");
    Rebuilding rebuilding = rig.doubts.rebuild();
    rebuilding.accept(first);
    rebuilding.replayed();
    rig.setForward = Duration.ofHours(hours);
    Intent again = rig.pay("k1", "{}");
    rig.doubts.settled(
        again, taken ? DoubtRig.succeeded(again) : DoubtRig.answered(again, Category.DECLINE_HARD));

    assertThat(rig.resolutions).hasSize(settled);
  }

  @Test
  void anotherKeyAndAnotherOperationSayNothing() {
    doubtful("k1", "{}");
    Intent other = rig.pay("k2", "{}");
    rig.doubts.settled(other, DoubtRig.succeeded(other));
    Intent refund = rig.intent(Operation.REFUND, "POST", "/v1/refunds", "k1", "{}");
    rig.doubts.settled(refund, DoubtRig.succeeded(refund));

    assertThat(rig.resolutions).isEmpty();
  }

  @Test
  void whereAnotherBodyIsNotRefusedTheBodyMustBeTheSame() {
    gateway("adyen");
    doubtful("k1", "{\"a\":1}");
    Intent other = rig.pay("k1", "{\"a\":2}");
    rig.doubts.settled(other, DoubtRig.succeeded(other));
    assertThat(rig.resolutions).isEmpty();

    Intent same = rig.pay("k1", "{\"a\":1}");
    rig.doubts.settled(same, DoubtRig.succeeded(same));
    assertThat(rig.resolutions).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "RATE_LIMITED",
        "REQUEST_INVALID",
        "CONFIG_OR_AUTH",
        "STATE_CONFLICT",
        "IN_PROGRESS_CONFLICT",
        "DOWNSTREAM_UNAVAILABLE",
        "PROVIDER_ERROR",
        "PENDING",
        "UNKNOWN"
      })
  void aRepeatThatIsNotAnswerAboutThePaymentSettlesNothing(Category category) {
    Intent doubt = doubtful("k1", "{}");
    Intent again = rig.pay("k1", "{}");
    rig.doubts.settled(again, DoubtRig.answered(again, category));

    assertThat(rig.resolutions).isEmpty();
    assertThat(rig.doubts.find(doubt.id())).isPresent();
  }

  @Test
  void aDeclinedRepeatProvesThatTheFirstWasNotTaken() {
    doubtful("k1", "{}");
    Intent again = rig.pay("k1", "{}");
    rig.doubts.settled(again, DoubtRig.answered(again, Category.DECLINE_HARD));

    assertThat(rig.resolutions).extracting(Resolution::money).containsExactly(Money.REJECTED);
  }

  @ParameterizedTest
  @CsvSource({
    "200, {\"trade_state\":\"SUCCESS\"}, SUCCEEDED",
    "200, {\"trade_state\":\"CLOSED\"}, REJECTED",
    "200, {\"trade_state\":\"USERPAYING\"},",
    "200, {\"trade_state\":\"SOMETHING_NEW\"},",
    "404, {\"code\":\"ORDER_NOT_EXIST\"},",
    "500, {\"trade_state\":\"SUCCESS\"},",
    "401, {\"code\":\"SIGN_ERROR\"},"
  })
  void theServicesOwnQueryCounts(int status, String body, Money money) {
    gateway("wechatpay");
    doubtful("k1", "{\"mchid\":\"1900000001\"}");
    Intent query = rig.intent(Operation.QUERY, "GET", WECHAT, "q", "");
    rig.doubts.settled(query, DoubtRig.told(query, status, body));

    assertThat(rig.resolutions)
        .extracting(Resolution::money)
        .isEqualTo(money == null ? List.of() : List.of(money));
  }

  @Test
  void aQueryAboutAnotherPaymentSaysNothing() {
    gateway("wechatpay");
    doubtful("k2", "{\"mchid\":\"1900000001\"}");
    Intent query = rig.intent(Operation.QUERY, "GET", WECHAT, "q", "");
    rig.doubts.settled(query, DoubtRig.told(query, 200, "{\"trade_state\":\"SUCCESS\"}"));

    assertThat(rig.resolutions).isEmpty();
  }

  @Test
  void tellsHowEachCanBeSettled() {
    assertThat(way(doubtful("k1", "{}"))).isEqualTo(Way.BY_LOOKUP);
    gateway("adyen");
    assertThat(way(doubtful("k1", "{}"))).isEqualTo(Way.BY_REPEAT);
    gateway("wechatpay");
    assertThat(way(doubtful("k1", "{\"mchid\":\"1900000001\"}"))).isEqualTo(Way.BY_QUERY);
    gateway("generic");
    assertThat(way(doubtful("k1", "{}"))).isEqualTo(Way.BY_HAND);
  }

  private Way way(Intent doubt) {
    return rig.doubts.find(doubt.id()).orElseThrow().how().best();
  }

  @Test
  void isRebuiltWhicheverWayTheJournalTellsIt() {
    Intent open = rig.pay("k1", "{}");
    Intent settled = rig.pay("k2", "{}");
    Intent left = rig.pay("k3", "{}");
    Intent paid = rig.pay("k4", "{}");
    Resolution resolution =
        new Resolution(
            settled.id(),
            DoubtRig.START,
            Money.SUCCEEDED,
            Resolution.By.HAND,
            "seen",
            Optional.of("ada"),
            Optional.empty());
    Rebuilding rebuilding = rig.doubts.rebuild();
    rebuilding.accept(resolution);
    for (int i = 0; i < 2; i++) {
      List.of(open, settled, left, paid).forEach(rebuilding);
      rebuilding.accept(DoubtRig.lost(open));
      rebuilding.accept(DoubtRig.lost(settled));
      rebuilding.accept(DoubtRig.succeeded(paid));
    }
    rebuilding.replayed();

    assertThat(rig.doubts.list())
        .extracting(Doubt::exchange)
        .containsExactlyInAnyOrder(open.id(), left.id());
    assertThat(rig.resolutions).isEmpty();
  }
}
