package io.tollwatch.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tollwatch.ledger.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What people, gateways and configurations wrote, on a terminal: shown, never obeyed.
class HostileAnswersTest {

  private static final String HOSTILE = "a\u001b[31mb\u009bc\u202ed\re";

  private static final String SHOWN = "a\\u001b[31mb\\u009bc\\u202ed\\u000de";

  private static JsonNode json(String text) {
    return JsonMapper.shared()
        .readTree(text.replace('\'', '"').replace("HOSTILE", escaped(HOSTILE)));
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(each -> escaped.append("\\u%04x".formatted(each)));
    return escaped.toString();
  }

  private static String printed(Consumer<PrintWriter> view) {
    StringWriter text = new StringWriter();
    try (PrintWriter out = new PrintWriter(text)) {
      view.accept(out);
    }
    return text.toString();
  }

  private static void isShown(int times, Consumer<PrintWriter> view) {
    String printed = printed(view);
    assertThat(printed.split(Pattern.quote(SHOWN), -1)).hasSize(times + 1);
    assertThat(printed).doesNotContainPattern("[\\p{Cntrl}&&[^\\n]]").doesNotContain("\u202e");
  }

  @Test
  void ofBreakers() {
    JsonNode answer =
        json(
            """
            {'breakers': [{'provider': 'HOSTILE', 'operation': 'pay', 'rail': 'HOSTILE',
              'state': 'open', 'reason': 'HOSTILE', 'who': 'HOSTILE', 'since': '', 'until': ''}]}
            """);
    isShown(4, out -> new BreakerTable(new Paint(false), out).show(answer));
  }

  @Test
  void ofChannels() {
    JsonNode answer =
        json(
            """
            [{'name': 'HOSTILE', 'providers': [
              {'provider': 'HOSTILE', 'state': 'drained', 'reason': 'HOSTILE', 'who': 'HOSTILE'},
              {'provider': 'b', 'state': 'serving', 'maintenance': 'HOSTILE'}]}]
            """);
    isShown(6, out -> new ChannelTable(new Paint(false), out).show(answer));
  }

  @Test
  void ofChecks() {
    JsonNode answer =
        json(
            """
            {'trouble': 'HOSTILE', 'us_or_them': [{'sentence': 'HOSTILE'}], 'checks': [
              {'name': 'HOSTILE', 'provider': 'HOSTILE', 'state': 'up', 'paused': 'HOSTILE',
                'paused_by': 'HOSTILE'},
              {'name': 'b', 'channel': 'HOSTILE', 'state': 'down',
                'last_run': {'failed_step': 'HOSTILE', 'reason': 'HOSTILE'}}]}
            """);
    isShown(9, out -> new CheckTable(new Paint(false), out).show(answer));
    isShown(2, out -> new CheckTable(new Paint(false), out).showTrouble(answer));
  }

  @Test
  void ofLeaks() {
    JsonNode answer =
        json(
            """
            [{'id': 'HOSTILE', 'check': 'HOSTILE', 'provider': 'HOSTILE', 'amount_minor': '1',
              'currency': 'HOSTILE', 'reason': 'HOSTILE', 'leaked': false}]
            """);
    isShown(5, out -> new LeakTable(new Paint(false), out).show(answer));
  }

  /// A field can hold the control characters of ISO 8859-1 but for line ends. Whatever listens
  /// where a sidecar did, or one of another version, may send them.
  @Test
  void ofTheNotesOfAReport(@TempDir Path data) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/reports/failures",
        exchange -> {
          exchange.getResponseHeaders().add("Tollwatch-Report-Note", "a\u001b[31mb\u009bc");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try (DataFolder folder = ((DataFolder.Opening.Opened) DataFolder.open(data)).folder()) {
      folder.publishAdmin(
          URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "a token");

      Ran ran = Ran.command("report", "failures", "--data", data.toString());

      assertThat(ran.code()).as(ran.err()).isZero();
      assertThat(ran.err()).isEqualTo("note: a\\u001b[31mb\\u009bc\n");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void ofWhatFailed() {
    assertThat(failing(new CommandFailed(HOSTILE))).isEqualTo("tollwatch: " + SHOWN + "\n");
    assertThat(failing(new UsageException(HOSTILE))).isEqualTo("tollwatch: " + SHOWN + "\n");
  }

  /// The trace of a fault has the text of its causes.
  @Test
  void ofAFaultOfTollwatch() {
    String told = failing(new IllegalStateException(new IllegalArgumentException(HOSTILE)));

    assertThat(told)
        .startsWith("tollwatch: this is a fault of Tollwatch, please report it:\n")
        .contains("Caused by: java.lang.IllegalArgumentException: " + SHOWN + "\n")
        .doesNotContain("\u001b", "\u009b", "\u202e", "\r");
  }

  /// What a command prints that fails like that.
  private static String failing(Exception trouble) {
    Callable<Integer> job =
        () -> {
          throw trouble;
        };
    StringWriter err = new StringWriter();
    int code =
        Tollwatch.commandLine()
            .addSubcommand("fail", CommandSpec.wrapWithoutInspection(job))
            .setErr(new PrintWriter(err, true))
            .execute("fail");
    assertThat(code).isNotZero();
    return err.toString();
  }

  @Test
  void ofPaymentsInDoubt() {
    JsonNode list =
        json(
            """
            {'at': '2026-11-26T12:00:00Z', 'looks_stopped': ['HOSTILE'],
              'doubts': [{'exchange': 'e1', 'since': '2026-11-26T11:00:00Z', 'provider': 'HOSTILE',
                'operation': 'pay', 'money': 'in_doubt', 'looks': '1', 'how': {'best': 'lookup'}}],
              'totals': [{'provider': 'HOSTILE', 'count': '1', 'money': 'in_doubt',
                'oldest': '2026-11-26T11:00:00Z'}],
              'double_charges': [{'first': 'e1', 'first_provider': 'HOSTILE', 'second': 'e2',
                'second_provider': 'HOSTILE'}]}
            """);
    isShown(5, out -> new InDoubtView(new Paint(false), out).list(list));
    JsonNode one = json("{'doubt': {'how': {'best': 'hand', 'why': 'HOSTILE'}, 'looks': '0'}}");
    isShown(
        1, out -> new InDoubtView(new Paint(false), out).show(one, Terminal.NONE, ZoneOffset.UTC));
  }
}
