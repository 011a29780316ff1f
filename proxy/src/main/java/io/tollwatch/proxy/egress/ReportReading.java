package io.tollwatch.proxy.egress;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import io.tollwatch.dispatch.Reported;
import io.tollwatch.proxy.http1.ServerExchange;
import io.tollwatch.routing.Channel;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.verdict.GatewayError;
import io.tollwatch.verdict.GatewayFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what a service says of a call that it made itself, as one JSON object: `provider`,
/// `operation` (`pay` if none is said), `idempotency_key`, `reference`, `payment`, `amount_minor`,
/// `currency`, `rail`, `took_ms`, and either `answer` (`status`, `headers`, `body`) or `category`.
final class ReportReading {

  /// A service that reports an hour has forgotten something.
  private static final long MAX_TOOK_MILLIS = 3_600_000;

  private static final int MAX_BODY = 256 * 1024;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> MEMBERS =
      new TreeSet<>(
          Set.of(
              "provider",
              "operation",
              "idempotency_key",
              "reference",
              "payment",
              "amount_minor",
              "currency",
              "rail",
              "took_ms",
              "answer",
              "category"));

  private final JsonNode json;

  private ReportReading(JsonNode json) {
    this.json = json;
  }

  /// What came of reading it.
  sealed interface Read {

    /// It can be taken.
    record Right(Reported reported) implements Read {}

    /// It can't.
    ///
    /// @param reason one sentence for people
    record Wrong(String reason) implements Read {}
  }

  /// @throws IOException if the caller cut it
  static Read read(ServerExchange exchange, Channel channel) throws IOException {
    byte[] body = exchange.body().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      return new Read.Wrong("a report has at most " + MAX_BODY + " bytes");
    }
    try {
      JsonNode json = JSON.readTree(body);
      return json.isObject() && MEMBERS.containsAll(json.propertyNames())
          ? new ReportReading(json).read(channel)
          : new Read.Wrong("send one object with " + String.join(", ", MEMBERS) + " only");
    } catch (JacksonException e) {
      return new Read.Wrong("that is no JSON");
    } catch (IllegalArgumentException e) {
      return new Read.Wrong(
          "an operation or a category that there is not, or a number out of range");
    }
  }

  private Read read(Channel channel) {
    String provider = text("provider").orElse("");
    if (!channel.providers().contains(provider)) {
      return new Read.Wrong("provider must be one of " + String.join(", ", channel.providers()));
    }
    if (json.has("answer") == json.has("category")) {
      return new Read.Wrong("say what came of it: either answer or category");
    }
    long took = json.path("took_ms").asLong(-1);
    if (took < 0 || took > MAX_TOOK_MILLIS) {
      return new Read.Wrong("took_ms must be a number of milliseconds, up to an hour");
    }
    return new Read.Right(
        new Reported(
            provider,
            text("operation").map(Operation::ofWord).orElse(Operation.PAY),
            text("idempotency_key"),
            facts(),
            Duration.ofMillis(took),
            json.has("answer") ? answer(json.path("answer")) : stated()));
  }

  private GatewayFacts facts() {
    JsonNode amount = json.path("amount_minor");
    return new GatewayFacts(
        text("reference"),
        amount.isIntegralNumber() ? OptionalLong.of(amount.asLong()) : OptionalLong.empty(),
        text("currency"),
        text("payment"),
        rail(),
        GatewayError.none());
  }

  /// Rails are words of profiles: they label metrics, and name breakers of a bounded number.
  private Optional<String> rail() {
    return text("rail").filter(word -> word.matches("[a-z0-9_-]{1,32}"));
  }

  private Reported.Came stated() {
    return new Reported.Came.Stated(Category.ofWord(text("category").orElse("")));
  }

  private static Reported.Came answer(JsonNode answer) {
    int status = answer.path("status").asInt(0);
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("no final status: " + status);
    }
    List<Field> fields = new ArrayList<>();
    for (var each : answer.path("headers").properties()) {
      fields.add(new Field(each.getKey(), each.getValue().asString("")));
    }
    byte[] body = answer.path("body").asString("").getBytes(StandardCharsets.UTF_8);
    return new Reported.Came.Answered(
        new AnswerHead(status, "", new Fields(fields)), new CapturedBody(body, body.length, true));
  }

  private Optional<String> text(String name) {
    return Optional.of(json.path(name).asString("")).filter(text -> !text.isEmpty());
  }
}
