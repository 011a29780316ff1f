package io.tollwatch.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Profiles;
import io.tollwatch.profile.ProfilesReading;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway that does not find a payment: that proves something only after the time that its
/// profile says, and nothing where it says none.
class AbsenceTest {

  @TempDir private Path folder;

  private Profile profile(String absence) {
    try {
      Path file =
          Files.writeString(
              folder.resolve("acme.yaml"),
              """
              name: acme
              version: 1
              answers: [json]
              routes:
                - {method: POST, paths: [/payments], operation: pay}
              request: {reference: [$.reference]}
              lookup:
                %s
                calls:
                  - method: GET
                    path: "/payments/{reference}"
                    operations: [pay]
                    state: $.status
                    states: {paid: succeeded, failed: rejected}
                    missing: [404]
                  - method: GET
                    path: "/search?reference={reference}"
                    operations: [pay]
                    state: "$.all[*].status"
                    states: {paid: succeeded, failed: rejected}
              """
                  .formatted(absence));
      ProfilesReading reading = Profiles.of(Profiles.shipped(), List.of(file));
      return ((ProfilesReading.Valid) reading).profiles().byName("acme");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Money> asked(
      DoubtRig rig, Duration later, String target, int status, String body) {
    Intent doubt = rig.pay("k1", "{}");
    rig.doubts.settled(doubt, DoubtRig.lost(doubt));
    rig.time.advance(later);
    Intent query = rig.intent(Operation.QUERY, "GET", target, "q", "");
    rig.doubts.settled(query, DoubtRig.told(query, status, body));
    return rig.resolutions.stream().map(Resolution::money).toList();
  }

  @Test
  void notFoundCountsAfterTheTimeOnly() {
    try (DoubtRig rig = new DoubtRig(profile("absence: 10m"))) {
      assertThat(asked(rig, Duration.ofMinutes(9), "/payments/order-k1", 404, "{}")).isEmpty();
    }
    try (DoubtRig rig = new DoubtRig(profile("absence: 10m"))) {
      assertThat(asked(rig, Duration.ofMinutes(11), "/payments/order-k1", 404, "{}"))
          .containsExactly(Money.REJECTED);
    }
  }

  @Test
  void aClockThatIsSetForwardIsNoTimeThatWentBy() {
    try (DoubtRig rig = new DoubtRig(profile("absence: 10m"))) {
      Intent doubt = rig.pay("k1", "{}");
      rig.doubts.settled(doubt, DoubtRig.lost(doubt));
      rig.setForward = Duration.ofHours(1);
      Intent query = rig.intent(Operation.QUERY, "GET", "/payments/order-k1", "q", "");
      rig.doubts.settled(query, DoubtRig.told(query, 404, "{}"));
      assertThat(rig.resolutions).isEmpty();

      rig.time.advance(Duration.ofMinutes(11));
      rig.doubts.settled(query, DoubtRig.told(query, 404, "{}"));
      assertThat(rig.resolutions).extracting(Resolution::money).containsExactly(Money.REJECTED);
    }
  }

  @Test
  void notFoundNeverCountsWhereTheProfileSaysNoTime() {
    try (DoubtRig rig = new DoubtRig(profile("repeat: false"))) {
      assertThat(asked(rig, Duration.ofDays(365), "/payments/order-k1", 404, "{}")).isEmpty();
    }
  }

  @Test
  void aListWithoutASuccessMayLackTheNewest() {
    String failed = "{\"all\":[{\"status\":\"failed\"}]}";
    try (DoubtRig rig = new DoubtRig(profile("absence: 10m"))) {
      assertThat(asked(rig, Duration.ofMinutes(9), "/search?reference=order-k1", 200, failed))
          .isEmpty();
    }
    try (DoubtRig rig = new DoubtRig(profile("absence: 10m"))) {
      assertThat(asked(rig, Duration.ofMinutes(11), "/search?reference=order-k1", 200, failed))
          .containsExactly(Money.REJECTED);
    }
  }

  @Test
  void aStateOfThisOnePaymentCountsAtOnce() {
    try (DoubtRig rig = new DoubtRig(profile("absence: 10m"))) {
      assertThat(
              asked(
                  rig, Duration.ofSeconds(1), "/payments/order-k1", 200, "{\"status\":\"failed\"}"))
          .containsExactly(Money.REJECTED);
    }
  }

  private static Intent doubtful(DoubtRig rig) {
    Intent intent = rig.pay("k1", "{}");
    rig.doubts.settled(intent, DoubtRig.lost(intent));
    return intent;
  }

  private static void isNotFound(DoubtRig rig) {
    Intent query = rig.intent(Operation.QUERY, "GET", "/payments/order-k1", "q", "");
    rig.doubts.settled(query, DoubtRig.told(query, 404, "{}"));
  }

  /// Its repeat may have been taken, and not be shown yet.
  @Test
  void aRepeatBeginsTheTimeAnew() {
    try (DoubtRig rig = new DoubtRig(profile("absence: 10m"))) {
      Intent first = doubtful(rig);
      rig.time.advance(Duration.ofMinutes(11));
      Intent repeat = rig.pay("k1", "{}");
      rig.doubts.settled(repeat, DoubtRig.lost(repeat));
      isNotFound(rig);
      rig.time.advance(Duration.ofMinutes(9));
      isNotFound(rig);
      assertThat(rig.resolutions).isEmpty();

      rig.time.advance(Duration.ofMinutes(2));
      isNotFound(rig);
      assertThat(rig.resolutions)
          .extracting(Resolution::exchange)
          .containsExactlyInAnyOrder(first.id(), repeat.id());
    }
  }

  @Test
  void whileARepeatRunsNotFoundSaysNothing() {
    try (DoubtRig rig = new DoubtRig(profile("absence: 10m"))) {
      var _ = doubtful(rig);
      Intent repeat = rig.withReference(rig.pay("k1", "{}"), "another");
      rig.doubts.begun(repeat);
      rig.time.advance(Duration.ofMinutes(11));
      isNotFound(rig);
      assertThat(rig.resolutions).isEmpty();
    }
  }

  @Test
  void aRepeatThatWasNotSentChangesNothing() {
    try (DoubtRig rig = new DoubtRig(profile("absence: 10m"))) {
      var _ = doubtful(rig);
      rig.time.advance(Duration.ofMinutes(11));
      Intent repeat = rig.pay("k1", "{}");
      rig.doubts.begun(repeat);
      rig.doubts.settled(repeat, DoubtRig.unsent(repeat));
      isNotFound(rig);
      assertThat(rig.resolutions).extracting(Resolution::money).containsExactly(Money.REJECTED);
    }
  }
}
