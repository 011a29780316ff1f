package io.tollwatch.ledger.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import io.tollwatch.exchange.Answer;
import io.tollwatch.exchange.Break;
import io.tollwatch.exchange.Correlation;
import io.tollwatch.exchange.Entry;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Handles;
import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.IncidentNote;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Rejudgement;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.timing.PhaseTimings;
import io.tollwatch.verdict.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.module.blackbird.BlackbirdModule;

/// Exchanges as JSON: what the store, the admin API and `tollwatch exchanges --json` speak. Names
/// are those of the records in snake case, values the design's words in lower case, instants in ISO
/// 8601, times in nanoseconds (`_ns`). What is absent is left out; unknown names are passed over,
/// so that an older reader survives a newer writer. Thread-safe.
public final class ExchangeJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultPropertyInclusion(
              value -> value.withValueInclusion(JsonInclude.Include.NON_ABSENT))
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          // each value is of the type that is declared: to look at it cost a quarter of the time
          .enable(MapperFeature.USE_STATIC_TYPING)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .addMixIn(Fields.class, FieldsShape.class)
          .addMixIn(PhaseTimings.class, TimingsShape.class)
          // calls what it would reflect upon: two thirds of the time to write, half of it to read
          .addModule(new BlackbirdModule())
          .build();

  /// Where a message's body begins in its document, which has one at most: text, state and number.
  /// In no string can it stand, since the quotes would be escaped there.
  private static final String BODY = "\"body\":{";

  /// What stands beside the two documents of an exchange, in characters.
  private static final int BESIDE = 64;

  private static final String NO_BODY = MAPPER.writeValueAsString(KeptBody.empty());
  private static final ObjectReader BODY_READER = MAPPER.readerFor(KeptBody.class);
  private static final ObjectReader GIST_READER = MAPPER.readerFor(Gist.class);

  private ExchangeJson() {}

  /// The exchange as one line of JSON.
  public static String write(Exchange exchange) {
    return MAPPER.writeValueAsString(exchange);
  }

  /// The exchange as a tree, to be put into a larger document.
  public static JsonNode tree(Exchange exchange) {
    return MAPPER.valueToTree(exchange);
  }

  /// The exchange that [#write] wrote.
  ///
  /// @throws IllegalArgumentException if it is not one
  public static Exchange read(String json) {
    try {
      return MAPPER.readValue(json, Exchange.class);
    } catch (JacksonException e) {
      throw notOne(e);
    }
  }

  /// The exchange that [#tree] gave.
  ///
  /// @throws IllegalArgumentException if it is not one
  public static Exchange read(JsonNode tree) {
    try {
      return MAPPER.treeToValue(tree, Exchange.class);
    } catch (JacksonException e) {
      throw notOne(e);
    }
  }

  /// The entry as JSON in UTF-8.
  public static byte[] bytes(Entry entry) {
    return utf8(entry);
  }

  /// The entry that [#bytes] gave.
  ///
  /// @throws IllegalArgumentException if it is not one
  public static <T extends Entry> T entry(byte[] json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JacksonException e) {
      throw notOne(e);
    }
  }

  /// What an intent's or an outcome's document says of doubt, at a fraction of what all of it
  /// costs.
  ///
  /// @throws IllegalArgumentException if it is neither
  public static Gist gist(byte[] json) {
    try {
      return GIST_READER.readValue(json);
    } catch (JacksonException e) {
      throw notOne(e);
    }
  }

  /// A text as it stands in such documents.
  static String quoted(String text) {
    return MAPPER.writeValueAsString(text);
  }

  /// What judging again came to, as JSON in UTF-8.
  static byte[] bytes(Rejudgement rejudgement) {
    return utf8(rejudgement);
  }

  /// What judging again came to, as a tree.
  public static JsonNode tree(List<Rejudgement> rejudgements) {
    return MAPPER.valueToTree(rejudgements);
  }

  static Rejudgement rejudgement(byte[] json) {
    return MAPPER.readValue(json, Rejudgement.class);
  }

  static byte[] bytes(Incident incident) {
    return utf8(incident);
  }

  static Incident incident(byte[] json) {
    return MAPPER.readValue(json, Incident.class);
  }

  /// An incident as a tree, as the API gives it.
  public static ObjectNode tree(Incident incident) {
    return MAPPER.valueToTree(incident);
  }

  static byte[] bytes(IncidentNote note) {
    return utf8(note);
  }

  static IncidentNote incidentNote(byte[] json) {
    return MAPPER.readValue(json, IncidentNote.class);
  }

  /// What judging again came to, of the tree that was given for it.
  ///
  /// @throws IllegalArgumentException if it is none
  public static List<Rejudgement> rejudgements(JsonNode tree) {
    List<Rejudgement> all = new ArrayList<>();
    for (JsonNode each : tree) {
      try {
        all.add(MAPPER.treeToValue(each, Rejudgement.class));
      } catch (JacksonException e) {
        throw new IllegalArgumentException("no verdict", e);
      }
    }
    return all;
  }

  /// The intent's document, but for the text of its body.
  static byte[] withoutText(Intent intent) {
    return utf8(intent.withBody(textless(intent.body())));
  }

  /// The outcome's document, but for the text of its answer's body.
  static byte[] withoutText(Outcome outcome) {
    return utf8(with(outcome, ExchangeJson::textless));
  }

  /// The intent of that document.
  ///
  /// @param text puts the body's text back
  static Intent intent(byte[] json, UnaryOperator<KeptBody> text) {
    Intent intent = MAPPER.readValue(json, Intent.class);
    return intent.withBody(text.apply(intent.body()));
  }

  /// The outcome of that document.
  ///
  /// @param text puts the body's text back
  static Outcome outcome(byte[] json, UnaryOperator<KeptBody> text) {
    return with(MAPPER.readValue(json, Outcome.class), text);
  }

  /// What [#write] would write of an exchange with these documents, without making one: what is
  /// kept was written in this form, and goes on as it stands, but for the bodies.
  ///
  /// @param request puts the text of the intent's body back
  /// @param outcome null while it runs
  /// @param answer puts the text of the answer's body back
  static String document(
      byte[] intent,
      UnaryOperator<KeptBody> request,
      byte @Nullable [] outcome,
      UnaryOperator<KeptBody> answer,
      List<Resolution> later) {
    int length = intent.length + (outcome == null ? 0 : outcome.length);
    StringBuilder text = new StringBuilder(length + BESIDE).append("{\"intent\":");
    append(text, intent, request);
    if (outcome != null) {
      append(text.append(",\"outcome\":"), outcome, answer);
    }
    return text.append(",\"resolutions\":")
        .append(later.isEmpty() ? "[]" : MAPPER.writeValueAsString(later))
        .append('}')
        .toString();
  }

  /// Adds a document with its body's text. To copy the tokens took four times as long.
  private static void append(StringBuilder to, byte[] utf8, UnaryOperator<KeptBody> text) {
    String document = new String(utf8, StandardCharsets.UTF_8);
    int name = document.indexOf(BODY);
    int from = name + BODY.length() - 1;
    if (name < 0 || document.startsWith(NO_BODY, from)) {
      to.append(document);
      return;
    }
    int until = document.indexOf('}', from) + 1;
    KeptBody body = BODY_READER.readValue(document.substring(from, until));
    to.append(document, 0, from)
        .append(MAPPER.writeValueAsString(text.apply(body)))
        .append(document, until, document.length());
  }

  /// Why it was not a success, of the outcome's document: nothing if it did not break and has no
  /// unknown code, as most.
  static Why why(byte[] outcome) {
    String document = new String(outcome, StandardCharsets.UTF_8);
    return document.contains("\"broken\":{") || document.contains("\"unmapped\":\"")
        ? MAPPER.readValue(document, Why.class)
        : Why.NOTHING;
  }

  /// What the payment is about, of the intent's document.
  static Handles handles(byte[] intent) {
    return MAPPER.readValue(intent, About.class).correlation().handles();
  }

  /// A part of an [Outcome].
  record Why(Optional<Break> broken, Optional<Verdict> verdict) {
    static final Why NOTHING = new Why(Optional.empty(), Optional.empty());
  }

  /// What an [Intent] or an [Outcome] says of doubt. Immutable.
  ///
  /// @param id the exchange's
  /// @param movesMoney as its intent says; false of an outcome
  /// @param verdict an outcome's
  public record Gist(String id, boolean movesMoney, Optional<Judged> verdict) {

    /// @throws NullPointerException without an id
    public Gist {
      Objects.requireNonNull(id);
    }

    /// Whether it is an outcome that leaves its payment in no doubt. One that does not say what
    /// became of the money proves nothing.
    public boolean settles() {
      return verdict.map(Judged::money).filter(money -> money != Money.IN_DOUBT).isPresent();
    }

    /// A part of a [Verdict].
    public record Judged(Money money) {}
  }

  /// A part of an [Intent].
  private record About(Correlation correlation) {}

  /// What a check found, as JSON in UTF-8.
  static byte[] bytes(CheckFinding finding) {
    return utf8(finding);
  }

  static CheckFinding finding(byte[] json) {
    return MAPPER.readValue(json, CheckFinding.class);
  }

  private static KeptBody textless(KeptBody body) {
    return new KeptBody("", body.state(), body.totalBytes());
  }

  private static Outcome with(Outcome outcome, UnaryOperator<KeptBody> body) {
    return new Outcome(
        outcome.id(),
        outcome.progress(),
        outcome.broken(),
        outcome.answer().map(it -> new Answer(it.status(), it.fields(), body.apply(it.body()))),
        outcome.timings(),
        outcome.connection(),
        outcome.verdict(),
        outcome.clientStatus(),
        outcome.clientGone(),
        outcome.payment(),
        outcome.decisions());
  }

  /// The value's document in an array that is made once, in its length: Jackson's own way to bytes
  /// makes three times as many.
  private static byte[] utf8(Object value) {
    Exact document = new Exact();
    MAPPER.writeValue(document, value);
    return document.bytes();
  }

  /// What is written in one piece lies in an array of just that length.
  private static final class Exact extends ByteArrayOutputStream {

    Exact() {
      super(0);
    }

    byte[] bytes() {
      return count == buf.length ? buf : toByteArray();
    }
  }

  private static IllegalArgumentException notOne(JacksonException e) {
    return new IllegalArgumentException("not an exchange's JSON: " + e.getOriginalMessage(), e);
  }

  /// Header fields are a list: duplicates and order count.
  private record FieldsShape(@JsonValue List<Field> lines) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    FieldsShape {}
  }

  @JsonSerialize(converter = TimingsJson.Write.class)
  @JsonDeserialize(converter = TimingsJson.Read.class)
  private interface TimingsShape {}
}
