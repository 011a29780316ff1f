package io.tollwatch.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.ledger.AdminAccess;
import io.tollwatch.ledger.DataFolder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// One sidecar records four calls: taken, declined, lost, not sent. Most reports are asked of it
/// through its admin API; what a stopped one left is asked of the folder.
class ReportCommandTest {

  @TempDir private static Path folder;
  @TempDir private Path out;
  private static RunningSidecar running;
  private static String lost;
  private static String unsent;

  @BeforeAll
  static void record() throws Exception {
    running = new RunningSidecar(folder);
    running.pay("stripe", "pm_card_visa", "order-1");
    running.pay("stripe", "pm_card_chargeDeclined", "order-22");
    running.stripe.faults().next(Fault.stall());
    lost = running.pay("stripe", "pm_card_visa", "order-333");
    running.stripe.faults().clear();
    unsent = running.pay("nowhere", "pm_card_visa", "order-4444");
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static Ran report(String... more) {
    return report(running.data, more);
  }

  private static Ran report(Path data, String... more) {
    return Ran.command(
        Stream.concat(Stream.of("report", "--data", data.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void reportsFailuresAsMarkdown() {
    Ran ran = report("failures", "--since", "1h");

    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .startsWith("# Failures at payment gateways\n")
        .contains(lost, unsent, "- Failed: **2**", "| stripe | answer_lost |");
    assertThat(ran.err()).startsWith("note: This time is not all in the ledger");
  }

  @ParameterizedTest
  @CsvSource({
    "failures, html, <!doctype html>",
    "failures, har, '{\"log\":{'",
    "in-doubt, csv, 'exchange,started_at,'",
    "exchanges, jsonl, '{\"intent\":'",
    "latency, md, # Latency",
    "availability, jsonl, '{\"report\":\"availability\"'",
  })
  void takesTheFormatFromTheFilesName(String kind, String format, String beginning)
      throws Exception {
    Path file = out.resolve("report." + format);

    Ran ran = report(kind, "-o", file.toString());

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).endsWith("written: " + file + "\n");
    assertThat(Files.readString(file).strip()).startsWith(beginning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "outages                          | a report must be one of: failures, availability",
        "failures --format pdf            | format of failures must be one of: html, md, csv",
        "latency --format har             | format of latency must be one of: html, md, csv, jsonl",
        "exchanges --format html          | format of exchanges must be one of: csv, jsonl, har",
        "failures --since 1h --until 2h   | since must be before until",
        "failures --since 2026-03-02T10:00:00Z --until 2026-03-02T10:00:00Z | since must be before until",
        "failures --since yesterday       | since must be a duration such as 15m",
        "failures --zone Mars             | zone must be a name such as Europe/Berlin",
        "failures --operation buy         | operation must be one of: pay, capture",
        "failures --origin them           | origin must be one of: live, synthetic, reconcile, all",
        "availability --target 100        | target must be a percentage above 0 and below 100",
        "latency --against yesterday      | against must be previous, or two times such as",
        "latency --against 1h..2h         | against must begin before it ends",
      })
  void saysWhatWouldBeRight(String words, String sentence) {
    Ran ran = report(words.strip().split(" +"));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).startsWith("tollwatch: " + sentence);
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void saysThatThereIsNothingToReport() {
    Ran ran = report("failures", "--since", "2020-01-01", "--until", "2020-01-02");

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("There is no call in this time that meets the filters");
    assertThat(ran.err()).startsWith("nothing to report in this time with these filters\n");
  }

  @Test
  void doesNotReplaceAFileUnlessForced() throws Exception {
    Path file = Files.writeString(out.resolve("report.md"), "mine");

    Ran refused = report("latency", "-o", file.toString());
    assertThat(refused.code()).isEqualTo(2);
    assertThat(file).hasContent("mine");
    assertThat(report("latency", "-o", file.toString(), "--force").code()).isZero();
    assertThat(Files.readString(file)).startsWith("# Latency");
  }

  @Test
  void givesTheSameBytesFromARunningSidecarAndFromItsFolder(@TempDir Path other) throws Exception {
    String[] words = {
      "exchanges", "--since", "2026-01-01", "--until", "2099-01-01", "--format", "har"
    };
    String through;
    Path data;
    try (RunningSidecar one = new RunningSidecar(other)) {
      one.pay("stripe", "pm_card_visa", "order-7");
      data = one.data;
      through = report(data, words).out();
    }
    String config = other.resolve("tollwatch.yaml").toString();

    Ran left =
        report(
            data, Stream.concat(Stream.of(words), Stream.of("-c", config)).toArray(String[]::new));

    assertThat(left.out()).isEqualTo(through).contains("order-7");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      delimiter = '|',
      value = {
        "text/html                    | ''           | 200 | text/html",
        "text/markdown, */*;q=0.1     | ''           | 200 | text/markdown",
        "text/csv                     | ''           | 200 | text/csv",
        "application/x-ndjson         | ''           | 200 | application/x-ndjson",
        "application/json             | ''           | 200 | application/json",
        "image/png                    | ''           | 406 | application/problem+json",
        "image/png                    | ?format=har  | 200 | application/json",
        "text/html                    | ?format=pdf  | 400 | application/problem+json",
        "text/html                    | ?sinse=1h    | 400 | application/problem+json",
        "none                         | ''           | 200 | text/html",
        "*/*                          | ''           | 200 | text/html",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | '' | 200 | text/html",
      })
  void theApiGivesTheFormatThatIsAccepted(
      @Nullable String accept, String query, int status, String contentType) throws Exception {
    AdminAccess admin = DataFolder.findAdmin(running.data).orElseThrow();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(admin.address() + "/api/reports/failures" + query))
            .header("Authorization", "Bearer " + admin.token());
    if (accept != null) {
      request.header("Accept", accept);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(contentType);
      if (status == 200) {
        assertThat(answer.body()).contains(lost);
        assertThat(answer.headers().firstValue("Tollwatch-Report-Empty")).hasValue("false");
      } else {
        assertThat(JsonMapper.shared().readTree(answer.body()).path("detail").asString())
            .isNotEmpty();
      }
    }
  }

  @Test
  void theApiWantsTheToken() throws Exception {
    AdminAccess admin = DataFolder.findAdmin(running.data).orElseThrow();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(admin.address() + "/api/reports/failures")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(401);
    }
  }
}
