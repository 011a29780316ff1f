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

  /// Those that pay, which are all that have a clean-up.
  private void runs(FakeGateway gateway, String profile, String secret) {
    try (gateway;
        CheckRig rig = CheckRig.open(folder, profile, gateway.url())) {
      int paid = 0;
      for (Check check : rig.checks(ShippedChecks.text(profile).orElseThrow(), secret)) {
        if (!check.always().isEmpty()) {
          CheckRun run = rig.run(check, Instant.now());
          assertThat(run.failed()).as("%s", check.name()).isEmpty();
          assertThat(run.passed()).isTrue();
          assertThat(gateway.book().charges()).hasSize(++paid);
          assertAllBack(gateway);
        }
      }
      assertThat(paid).isPositive();
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
  void aRefundOfAlipayOrWechatPayWhoseAnswerWasLostIsNotMadeTwice() {
    FakeAlipay alipay = FakeAlipay.start();
    refundedOnce(alipay, "alipay", alipay.appPrivateKey());
    FakeWechatPay wechat = FakeWechatPay.start();
    refundedOnce(wechat, "wechatpay", wechat.merchantPrivateKey());
  }

  private void refundedOnce(FakeGateway gateway, String profile, String secret) {
    try (gateway;
        CheckRig rig = CheckRig.open(folder.resolve(profile), profile, gateway.url())) {
      String script =
          ShippedChecks.text(profile)
              .orElseThrow()
              .replace("        pause: 2s\n", "")
              .replace("      - name: refund\n", "      - name: refund\n        pause: 10ms\n");
      Check check =
          rig.checks(script, secret).stream()
              .filter(each -> each.name().equals(profile + "-refund"))
              .findFirst()
              .orElseThrow();
      Watcher losing =
          CheckRig.before("refund", () -> gateway.faults().next(Fault.close().at(Moment.ANSWERED)));
      CheckRun run = rig.runner().run(check, rig.reach(), Instant.now(), losing);
      assertThat(run.passed()).isTrue();
      assertThat(gateway.book().requests()).hasSize(4);
      assertThat(gateway.book().refunds()).hasSize(1);
      assertAllBack(gateway);
    }
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
