package io.tollwatch.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
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
