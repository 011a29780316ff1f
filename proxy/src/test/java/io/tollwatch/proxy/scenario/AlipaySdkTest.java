package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.alipay.api.AlipayApiException;
import com.alipay.api.AlipayClient;
import com.alipay.api.DefaultAlipayClient;
import com.alipay.api.domain.AlipayTradePayModel;
import com.alipay.api.domain.AlipayTradeQueryModel;
import com.alipay.api.domain.AlipayTradeRefundModel;
import com.alipay.api.request.AlipayTradePayRequest;
import com.alipay.api.request.AlipayTradeQueryRequest;
import com.alipay.api.request.AlipayTradeRefundRequest;
import com.alipay.api.response.AlipayTradePayResponse;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Alipay's own library through the sidecar. It signs all parameters, and the gateway checks that;
/// the gateway signs the raw text of its answer, and the library checks that: both only hold if not
/// a byte changes on the way.
class AlipaySdkTest {

  /// They log whole requests. Held so that their level is not collected with them.
  private static final List<Logger> QUIET =
      Stream.of("sdk.comm.err", "sdk.biz.info", "sdk.biz.err").map(Logger::getLogger).toList();

  @TempDir private static Path folder;
  private static MoneyRig rig;

  @BeforeAll
  static void start() {
    QUIET.forEach(logger -> logger.setLevel(Level.OFF));
    rig = MoneyRig.start(folder, "response-timeout: 1s");
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @BeforeEach
  void quiet() {
    rig.alipay.faults().clear();
    rig.alipay.book().clear();
  }

  @Test
  void chargesQueriesAndRefunds() throws AlipayApiException {
    AlipayTradePayResponse paid = pay("ali-1", "28763443825664394");
    assertThat(paid.isSuccess()).isTrue();
    judged(Operation.PAY, Category.SUCCEEDED, Money.SUCCEEDED);
    assertThat(rig.last().intent().correlation().reference()).hasValue("ali-1");

    AlipayTradeQueryModel which = new AlipayTradeQueryModel();
    which.setOutTradeNo("ali-1");
    AlipayTradeQueryRequest query = new AlipayTradeQueryRequest();
    query.setBizModel(which);
    assertThat(client().execute(query).getTradeStatus()).isEqualTo("TRADE_SUCCESS");
    judged(Operation.QUERY, Category.SUCCEEDED, Money.NONE);

    AlipayTradeRefundModel back = new AlipayTradeRefundModel();
    back.setOutTradeNo("ali-1");
    back.setRefundAmount("10.00");
    AlipayTradeRefundRequest refund = new AlipayTradeRefundRequest();
    refund.setBizModel(back);
    assertThat(client().execute(refund).getFundChange()).isEqualTo("Y");
    judged(Operation.REFUND, Category.SUCCEEDED, Money.SUCCEEDED);

    assertThat(rig.alipay.book().charges("ali-1")).hasSize(1);
    assertThat(rig.alipay.book().refunds()).hasSize(1);
  }

  @Test
  void aDeclineIsTheGatewaysAnswer() throws AlipayApiException {
    AlipayTradePayResponse declined = pay("ali-2", "BUYER_BALANCE_NOT_ENOUGH");

    assertThat(declined.getSubCode()).isEqualTo("ACQ.BUYER_BALANCE_NOT_ENOUGH");
    assertThat(rig.alipay.book().charges()).isEmpty();
    judged(Operation.PAY, Category.DECLINE_SOFT, Money.REJECTED);
    assertThat(rig.last().outcome().orElseThrow().verdict().gateway().code())
        .hasValue("ACQ.BUYER_BALANCE_NOT_ENOUGH");
  }

  @Test
  void theSameTradeAgainIsOneChargeAndTwoLinkedExchanges() throws AlipayApiException {
    assertThat(pay("ali-3", "28763443825664394").isSuccess()).isTrue();
    String first = rig.last().id();
    AlipayTradePayResponse again = pay("ali-3", "28763443825664394");

    assertThat(again.getSubCode()).isEqualTo("ACQ.TRADE_HAS_SUCCESS");
    assertThat(rig.alipay.book().charges("ali-3")).hasSize(1);
    judged(Operation.PAY, Category.STATE_CONFLICT, Money.SUCCEEDED);
    assertThat(rig.last().intent().repeatOf()).hasValue(first);
  }

  @Test
  void aTimeoutIsToldAndInDoubtAlthoughItWasBooked() {
    rig.alipay.faults().next(Fault.stall().at(Moment.ANSWERED));

    AlipayApiException lost =
        catchThrowableOfType(AlipayApiException.class, () -> pay("ali-4", "28763443825664394"));

    assertThat(lost).isNotNull();
    assertThat(rig.alipay.book().charges("ali-4")).hasSize(1);
    judged(Operation.PAY, Category.ANSWER_LOST, Money.IN_DOUBT);
    assertThat(rig.last().outcome().orElseThrow().clientStatus()).isEqualTo(504);
  }

  @Test
  void theServicesOwnQuerySettlesTheDoubt() throws AlipayApiException {
    rig.alipay.faults().next(Fault.stall().at(Moment.ANSWERED));
    assertThat(
            catchThrowableOfType(AlipayApiException.class, () -> pay("ali-5", "28763443825664394")))
        .isNotNull();
    String doubt = rig.last().id();
    assertThat(Admin.of(rig.data).get("/api/in-doubt").body()).contains(doubt, "by_query");

    AlipayTradeQueryModel which = new AlipayTradeQueryModel();
    which.setOutTradeNo("ali-5");
    AlipayTradeQueryRequest query = new AlipayTradeQueryRequest();
    query.setBizModel(which);
    assertThat(client().execute(query).getTradeStatus()).isEqualTo("TRADE_SUCCESS");

    String evidence = rig.last().id();
    Exchange settled =
        rig.exchanges().stream().filter(each -> each.id().equals(doubt)).findFirst().orElseThrow();
    assertThat(settled.money()).hasValue(Money.SUCCEEDED);
    assertThat(settled.resolution().orElseThrow().evidence()).hasValue(evidence);
  }

  private static AlipayTradePayResponse pay(String outTradeNo, String authCode)
      throws AlipayApiException {
    AlipayTradePayModel order = new AlipayTradePayModel();
    order.setOutTradeNo(outTradeNo);
    order.setTotalAmount("10.00");
    order.setSubject("茶 & \"cake\" = 100%");
    order.setScene("bar_code");
    order.setAuthCode(authCode);
    AlipayTradePayRequest request = new AlipayTradePayRequest();
    request.setBizModel(order);
    return client().execute(request);
  }

  private static AlipayClient client() {
    return DefaultAlipayClient.builder(
            rig.url("alipay") + "/gateway.do", "2021000000000000", rig.alipay.appPrivateKey())
        .alipayPublicKey(rig.alipay.alipayPublicKey())
        .charset("UTF-8")
        .format("json")
        .signType("RSA2")
        .build();
  }

  private static void judged(Operation operation, Category category, Money money) {
    Exchange exchange = rig.last();
    assertThat(exchange.intent().operation()).isEqualTo(operation);
    var verdict = exchange.outcome().orElseThrow().verdict();
    assertThat(verdict.category()).isEqualTo(category);
    assertThat(verdict.money()).isEqualTo(money);
  }
}
