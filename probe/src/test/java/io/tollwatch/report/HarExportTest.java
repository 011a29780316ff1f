package io.tollwatch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import de.sstoehr.harreader.HarReader;
import de.sstoehr.harreader.model.Har;
import de.sstoehr.harreader.model.HarEntry;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.timing.Phase;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A day as HAR, against the published schema and an independent reader.
class HarExportTest {

  private static final List<String> PARTS =
      List.of("blocked", "dns", "connect", "send", "wait", "receive");

  @TempDir private static Path folder;
  private static String har;
  private static JsonNode entries;

  @BeforeAll
  static void write() throws Exception {
    try (DayLedger ledger = new DayLedger(folder)) {
      har = ledger.written(ReportKind.EXCHANGES, ReportFormat.HAR);
    }
    entries = JsonMapper.shared().readTree(har).at("/log/entries");
  }

  private static Exchange exchange(JsonNode entry) {
    String id = entry.at("/_tollwatch/exchange").asString();
    return Day.exchanges().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void meetsThePublishedSchema() {
    SchemaRegistry registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_6,
            builder ->
                builder.schemaIdResolvers(resolvers ->
                    resolvers.mapPrefix(
                        "https://har.test/", "classpath:io/tollwatch/report/har-schema/")));
    Schema schema = registry.getSchema(SchemaLocation.of("https://har.test/har.json"));

    assertThat(schema.validate(JsonMapper.shared().readTree(har))).isEmpty();
    assertThat(schema.validate(JsonMapper.shared().readTree("{\"log\":{\"entries\":[{}]}}")))
        .isNotEmpty();
  }

  @Test
  void anIndependentReaderLoadsIt() throws Exception {
    Har read = new HarReader().readFromString(har);

    assertThat(read.log().entries()).hasSize(entries.size());
    HarEntry first = read.log().entries().getFirst();
    assertThat(first.request().url()).startsWith("https://");
    assertThat(read.log().creator().name()).isEqualTo("tollwatch");
  }

  @Test
  void partsSumToTheTotalToTheNanosecond() {
    for (JsonNode entry : entries) {
      double sum =
          PARTS.stream()
              .mapToDouble(part -> entry.at("/timings/" + part).asDouble())
              .filter(part -> part >= 0)
              .sum();
      assertThat(entry.path("time").asDouble()).isCloseTo(sum, within(1e-7));
    }
  }

  @Test
  void tlsIsWithinConnectAndWhatIsAbsentIsMinusOne() {
    for (JsonNode entry : entries) {
      JsonNode timings = entry.path("timings");
      var spent = exchange(entry).outcome().map(it -> it.timings());
      for (Phase phase : List.of(Phase.DNS, Phase.SEND, Phase.WAIT, Phase.RECEIVE)) {
        double millis =
            spent.flatMap(it -> it.of(phase)).map(span -> span.nanos() / 1e6).orElse(-1.0);
        assertThat(timings.path(phase.word()).asDouble()).isEqualTo(millis);
      }
      if (timings.path("ssl").asDouble() >= 0) {
        assertThat(timings.path("connect").asDouble())
            .isEqualTo(11.3 + timings.path("ssl").asDouble(), within(1e-9));
        assertThat(timings.path("ssl").asDouble()).isEqualTo(23.700001);
      }
    }
    assertThat(Stream.of("ssl", "dns", "connect"))
        .allSatisfy(part ->
            assertThat(entries.valueStream().map(entry -> entry.at("/timings/" + part).asDouble()))
                .contains(-1.0)
                .anyMatch(millis -> millis > 0));
  }

  @Test
  void whatHarHasNoPlaceForIsKeptBeside() {
    JsonNode lost =
        entries
            .valueStream()
            .filter(entry -> entry.at("/_tollwatch/broken/phase").asString("").equals("wait"))
            .findFirst()
            .orElseThrow();

    assertThat(lost.at("/_tollwatch/verdict/money").asString()).isIn("in_doubt", "none");
    assertThat(lost.at("/response/status").asInt()).isZero();
    assertThat(lost.at("/response/_error").asString()).isEqualTo("response_timeout");
    assertThat(lost.at("/_tollwatch/own_ms").asDouble()).isEqualTo(0.3);
    assertThat(lost.at("/serverIPAddress").asString()).isEqualTo("203.0.113.7");
    assertThat(
            entries
                .valueStream()
                .map(entry -> entry.at("/_tollwatch/decisions/0/decision").asString("")))
        .contains("chosen");
    assertThat(entries.valueStream().map(entry -> entry.at("/request/url").asString()))
        .contains("https://paypal.invalid/v1/payments?expand=charge")
        .contains("https://api.test/v1/payments?expand=charge");
  }
}
