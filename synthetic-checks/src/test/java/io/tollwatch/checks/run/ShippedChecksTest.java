package io.tollwatch.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.checks.script.Check;
import io.tollwatch.checks.script.ShippedChecks;
import io.tollwatch.fixtures.book.Movement;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.fixtures.gateway.FakeAdyen;
import io.tollwatch.fixtures.gateway.FakeAlipay;
import io.tollwatch.fixtures.gateway.FakeGateway;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.fixtures.gateway.FakeWechatPay;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shipped checks pay, look and give back at the fake gateways, which verify their signatures.
class ShippedChecksTest {

  @TempDir private Path folder;

  private void runs(FakeGateway gateway, String profile, String secret) {
    try (gateway;
        CheckRig rig = CheckRig.open(folder, profile, gateway.url())) {
      Check check = rig.check(ShippedChecks.text(profile).orElseThrow(), secret);
      CheckRun run = rig.run(check, Instant.now());
      assertThat(run.failed()).isEmpty();
      assertThat(run.passed()).isTrue();
      assertThat(gateway.book().charges()).hasSize(1);
      assertAllBack(gateway);
    }
  }

  private static void assertAllBack(FakeGateway gateway) {
    long taken = gateway.book().charges().stream().mapToLong(Movement::amountMinor).sum();
    long back =
        gateway.book().movements().stream()
            .filter(
                each -> each.kind() == Movement.Kind.REFUND || each.kind() == Movement.Kind.VOID)
            .mapToLong(Movement::amountMinor)
            .sum();
    assertThat(back).isEqualTo(taken);
  }

  @Test
  void stripe() {
    runs(FakeStripe.start(), "stripe", CheckRig.SECRET);
  }

  @Test
  void adyen() {
    runs(FakeAdyen.start(), "adyen", CheckRig.SECRET);
  }

  @Test
  void alipay() {
    FakeAlipay alipay = FakeAlipay.start();
    runs(alipay, "alipay", alipay.appPrivateKey());
  }

  @Test
  void wechatPay() {
    FakeWechatPay wechat = FakeWechatPay.start();
    runs(wechat, "wechatpay", wechat.merchantPrivateKey());
  }

  @Test
  void wechatPayIsReversedByItsReferenceWhereTheAnswerWasLost() {
    try (FakeWechatPay wechat = FakeWechatPay.start();
        CheckRig rig = CheckRig.open(folder, "wechatpay", wechat.url())) {
      wechat.faults().next(Fault.close().at(Moment.ANSWERED));
      Check check =
          rig.check(ShippedChecks.text("wechatpay").orElseThrow(), wechat.merchantPrivateKey());
      CheckRun run = rig.run(check, Instant.now());
      assertThat(run.stepsPassed()).isFalse();
      assertThat(run.out()).isEmpty();
      assertThat(wechat.book().charges()).hasSize(1);
      assertAllBack(wechat);
    }
  }

  @Test
  void whereNothingArrivedItStaysInTheRegisterUntilThatIsBelieved() {
    try (FakeAlipay alipay = FakeAlipay.start();
        CheckRig rig = CheckRig.open(folder, "alipay", alipay.url())) {
      alipay.faults().next(Fault.close().at(Moment.RECEIVED));
      String script =
          ShippedChecks.text("alipay")
              .orElseThrow()
              .replace("undoes: [pay]", "undoes: [pay]\n        tries: 1");
      CheckRun run = rig.run(rig.check(script, alipay.appPrivateKey()), Instant.now());
      assertThat(alipay.book().movements()).isEmpty();
      assertThat(run.out()).hasSize(1);
      assertThat(rig.register().open()).hasSize(1);
    }
  }
}
