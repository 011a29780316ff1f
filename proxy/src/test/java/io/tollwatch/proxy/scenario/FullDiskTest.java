package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tollwatch.fixtures.gateway.FakeStripe;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// P4 on a full disk: a small file system in memory holds the data folder of a sidecar of its own,
/// and is filled to the last byte. Needs the right to mount one; is skipped without it.
class FullDiskTest {

  private static final String SIZE = "size=56m";

  /// More than what segments that are ready hold, at 60 KB each.
  private static final int PAYMENTS = 700;

  private static final int AT_ONCE = 50;

  private static final String LARGE = "x".repeat(60_000);

  @TempDir private Path folder;
  private final FakeStripe stripe = FakeStripe.start();
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    Files.createDirectories(disk());
    Files.createDirectories(folder.resolve("child"));
    mounted =
        run("mount", "-t", "tmpfs", "-o", SIZE + ",mode=0700", "tmpfs", disk().toString()) == 0;
    assumeThat(mounted).as("a tmpfs can be mounted").isTrue();
    Files.createSymbolicLink(folder.resolve("child").resolve("data"), disk());
  }

  @AfterEach
  void unmount() throws Exception {
    stripe.close();
    if (mounted) {
      assertThat(run("umount", "-l", disk().toString())).isZero();
    }
  }

  @Test
  void paymentsGoOnAndWhatIsNotKeptIsCountedUntilThereIsRoomAgain() throws Exception {
    try (ChildSidecar child = ChildSidecar.start(folder.resolve("child"), stripe, "")) {
      fill();
      Admin admin = Admin.of(child.data());
      int paid = 0;
      while (notKept(admin).endsWith(" 0.0") && paid < PAYMENTS) {
        paid = pay(child, paid);
      }
      paid = pay(child, paid);
      assertThat(stripe.book().charges()).hasSize(paid);
      String status = admin.get("/api/status").body();
      assertThat(status).doesNotContain("\"not_kept\":0,").contains("\"degraded\":\"the ");
      assertThat(admin.get("/health/ready").body()).startsWith("ready, but degraded");
      assertThat(admin.get("/health/ready").statusCode()).isEqualTo(200);
      assertThat(admin.get("/metrics").body())
          .doesNotContain("tollwatch_ledger_not_kept_total 0.0");

      Files.delete(disk().resolve("filler"));
      Eventually.holds(
          "what comes is kept again",
          () -> {
            String before = notKept(admin);
            Payments.send(Payments.stripe(child.url("stripe"), "after"));
            return notKept(admin).equals(before);
          });
    }
  }

  @Test
  void aStrictSidecarRefusesWithNothingSent() throws Exception {
    String strict = "ledger: {strict: true}";
    try (ChildSidecar child = ChildSidecar.start(folder.resolve("child"), stripe, strict)) {
      fill();
      HttpResponse<String> last = Payments.send(large(child, "strict-first"));
      int sent = 1;
      while (last.statusCode() == 200 && sent < PAYMENTS) {
        last = Payments.send(large(child, "strict-" + sent));
        sent++;
      }
      assertThat(last.statusCode()).isEqualTo(503);
      assertThat(last.headers().firstValue("Retry-After")).isEmpty();
      assertThat(last.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(Payments.money(last)).isEqualTo("not_sent");
      assertThat(last.body()).contains("not-recorded").contains("\"sent\":false");
      assertThat(stripe.book().charges()).hasSize(sent - 1);
      assertThat(stripe.book().requests()).hasSize(sent - 1);
    }
  }

  /// Pays some more.
  ///
  /// @return how many there are then
  private static int pay(ChildSidecar child, int paid) {
    for (int i = paid; i < paid + AT_ONCE; i++) {
      HttpResponse<String> answer = Payments.send(large(child, "full-" + i));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(Payments.money(answer)).isEqualTo("succeeded");
    }
    return paid + AT_ONCE;
  }

  private static HttpRequest.Builder large(ChildSidecar child, String key) {
    return Payments.form(
            child.url("stripe"),
            "amount=1000&currency=eur&confirm=true&payment_method=pm_card_visa"
                + "&metadata[order_id]="
                + key
                + "&metadata[pad]="
                + LARGE)
        .header("Idempotency-Key", key);
  }

  private static String notKept(Admin admin) {
    return admin
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("tollwatch_ledger_not_kept_total"))
        .findFirst()
        .orElseThrow();
  }

  /// Writes until nothing more fits.
  private void fill() throws IOException {
    byte[] block = new byte[64 << 10];
    try (OutputStream out = Files.newOutputStream(disk().resolve("filler"))) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
    try (OutputStream out = Files.newOutputStream(disk().resolve("filler2"))) {
      while (true) {
        out.write(0);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private Path disk() {
    return folder.resolve("disk");
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(List.of(command)).redirectErrorStream(true).start().waitFor();
  }
}
