package io.tollwatch.verdict;

import static io.tollwatch.verdict.Judging.PAY;
import static io.tollwatch.verdict.Judging.QUERY;
import static io.tollwatch.verdict.Judging.judge;
import static io.tollwatch.verdict.Judging.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Progress;
import io.tollwatch.profile.Profiles;
import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.timing.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Every kind of break with every progress: the kind says whose fault it is, progress alone says
/// what it means for the money (P1).
class TransportVerdictTest {

  @ParameterizedTest
  @EnumSource(Breakage.class)
  void nothingSentIsNotSentWhateverBroke(Breakage breakage) {
    Verdict verdict = broken(breakage, Progress.UNSENT, PAY);
    assertThat(verdict.category()).isEqualTo(Category.NOT_SENT);
    assertThat(verdict.money()).isEqualTo(Money.NOT_SENT);
    assertThat(verdict.rule()).isEqualTo("transport/" + breakage.word());
    assertThat(verdict.judgedBy()).isEqualTo(Profiles.shipped().byName("stripe").id());
    assertThat(verdict.gateway()).isEqualTo(GatewayError.none());
  }

  @ParameterizedTest
  @EnumSource(Breakage.class)
  void maybeSentIsInDoubtWhateverBroke(Breakage breakage) {
    Verdict verdict = broken(breakage, Progress.MAYBE_SENT, PAY);
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.category())
        .isEqualTo(
            breakage == Breakage.TLS_CLIENT_CERTIFICATE
                ? Category.CONFIG_OR_AUTH
                : Category.ANSWER_LOST);
    assertThat(verdict.action())
        .isIn(Action.RECONCILE, Action.RETRY_SAME, Action.FIX_CONFIG)
        .isNotEqualTo(Action.FAIL_OVER);
  }

  @ParameterizedTest
  @EnumSource(Breakage.class)
  void aCallThatMovesNoMoneyIsNeverInDoubt(Breakage breakage) {
    for (Progress progress : new Progress[] {Progress.UNSENT, Progress.MAYBE_SENT}) {
      Verdict verdict = broken(breakage, progress, QUERY);
      assertThat(verdict.money()).isEqualTo(Money.NONE);
      assertThat(verdict.action()).isNotEqualTo(Action.RECONCILE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POOL_WAIT_TIMEOUT, unknown, fail_over, true, false",
    "DNS_FAILURE, network, fail_over, true, true",
    "CONNECT_REFUSED, provider, fail_over, true, true",
    "CONNECT_TIMEOUT, network, fail_over, true, true",
    "NO_ROUTE, network, fail_over, false, false",
    "LOCAL_RESOURCE, merchant_config, back_off, false, false",
    "EGRESS_PROXY, merchant_config, fix_config, false, false",
    "TLS_CERT_EXPIRED, provider, fail_over, true, true",
    "TLS_UNTRUSTED_CHAIN, unknown, fail_over, true, false",
    "TLS_NAME_MISMATCH, provider, fail_over, true, true",
    "TLS_CLIENT_CERTIFICATE, merchant_config, fix_config, true, false",
    "TLS_HANDSHAKE, merchant_config, fix_config, false, false",
    "TLS_TIMEOUT, network, fail_over, true, true",
    "CLIENT_ABORT, unknown, none, false, false",
  })
  void saysWhoseFaultItIsThatNothingWasSent(
      Breakage breakage, String fault, String action, boolean routing, boolean sla) {
    check(broken(breakage, Progress.UNSENT, PAY), fault, action, routing, sla);
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_CLIENT_CERTIFICATE, merchant_config, fix_config, true, false",
    "WRITE_RESET, network, reconcile, true, true",
    "WRITE_TIMEOUT, provider, reconcile, true, true",
    "IDLE_CLOSE_RACE, network, retry_same, false, false",
    "RESPONSE_TIMEOUT, provider, reconcile, true, true",
    "RESPONSE_RESET, provider, reconcile, true, true",
    "DEADLINE, unknown, reconcile, false, false",
    "TRUNCATED_BODY, provider, reconcile, true, true",
    "BODY_TIMEOUT, provider, reconcile, true, true",
    "PROTOCOL_ERROR, provider, reconcile, true, true",
    "CLIENT_ABORT, unknown, reconcile, false, false",
    "SHUTDOWN, unknown, reconcile, false, false",
  })
  void saysWhoseFaultItIsThatTheAnswerWasLost(
      Breakage breakage, String fault, String action, boolean routing, boolean sla) {
    check(broken(breakage, Progress.MAYBE_SENT, PAY), fault, action, routing, sla);
  }

  @ParameterizedTest
  @CsvSource({"200", "402", "500"})
  void aTruncatedAnswerIsInDoubtWhateverItsStatus(int status) {
    Fields fields = Fields.of("Request-Id", "req_1");
    Observation cut =
        Observation.cut(
            Breakage.TRUNCATED_BODY,
            Phase.RECEIVE,
            status,
            fields,
            whole("{\"error\":{\"code\":\"card_declined\""));
    Verdict verdict = judge("stripe", PAY, cut);
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.category()).isEqualTo(Category.ANSWER_LOST);
    assertThat(verdict.gateway().requestId()).contains("req_1");
  }

  @Test
  void asksAQueryAgainWhoseAnswerWasLost() {
    Verdict verdict = broken(Breakage.RESPONSE_TIMEOUT, Progress.MAYBE_SENT, QUERY);
    assertThat(verdict.category()).isEqualTo(Category.ANSWER_LOST);
    assertThat(verdict.action()).isEqualTo(Action.RETRY_SAME);
  }

  private static Verdict broken(Breakage breakage, Progress progress, Call call) {
    return judge("stripe", call, Observation.broken(breakage, Phase.WAIT, progress));
  }

  private static void check(
      Verdict verdict, String fault, String action, boolean routing, boolean sla) {
    assertThat(verdict.fault().word()).isEqualTo(fault);
    assertThat(verdict.action().word()).isEqualTo(action);
    assertThat(verdict.routingHealth()).isEqualTo(routing);
    assertThat(verdict.slaFault()).isEqualTo(sla);
  }
}
