package io.tollwatch.checks.record;

import io.tollwatch.checks.script.BuiltIn;
import io.tollwatch.document.YamlText;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.profile.Idempotency;
import io.tollwatch.profile.Message;
import io.tollwatch.profile.Place;
import io.tollwatch.profile.Profile;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes a check from recorded exchanges: what was masked becomes a secret, the merchant's
/// reference and the idempotency key become the run's, and what stood in an earlier answer is
/// captured there. The first exchange that gives money back begins the clean-up. Confined to one
/// check.
public final class CheckRecorder {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Profile profile;
  private final String provider;
  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final List<AnswerValues> answers = new ArrayList<>();
  private final Map<String, ObjectNode> written = new LinkedHashMap<>();
  private final Map<String, String> captures = new LinkedHashMap<>();
  private final Set<String> ours = new LinkedHashSet<>();
  private final List<String> taking = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final ArrayNode steps = JsonNodeFactory.instance.arrayNode();
  private final ArrayNode always = JsonNodeFactory.instance.arrayNode();

  /// @param provider the entry that the check shall call
  public CheckRecorder(Profile profile, String provider) {
    this.profile = profile;
    this.provider = provider;
  }

  /// Writes it.
  ///
  /// @param exchanges in the order in which they shall be sent; each with its body whole
  /// @throws IllegalArgumentException if the body of one is not kept whole; its message says of
  ///   which
  public Recorded record(String name, List<Exchange> exchanges) {
    exchanges.forEach(this::step);
    boolean cleansUp = taking.isEmpty() || !always.isEmpty();
    if (!cleansUp) {
      notes.add(
          "nothing of these gives the money of "
              + String.join(" and ", taking)
              + " back: add a step under always, such as a refund or void, with undoes: ["
              + String.join(", ", taking)
              + "]");
    }
    if (!secrets.isEmpty()) {
      notes.add("set " + String.join(", ", secrets.values()) + ": what stood there was masked");
    }
    ObjectNode check = JsonNodeFactory.instance.objectNode();
    check.put("provider", provider);
    check.put("note", "recorded from " + exchanges.size() + " exchanges");
    if (!secrets.isEmpty()) {
      ObjectNode references = check.putObject("secrets");
      secrets.forEach((each, env) -> references.putObject(each).put("env", env));
    }
    check.set("steps", steps);
    if (!always.isEmpty()) {
      check.set("always", cleanUp());
    }
    ObjectNode file = JsonNodeFactory.instance.objectNode();
    file.putObject("checks").set(name, check);
    return new Recorded(YamlText.of(map(file)), notes, cleansUp);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(ObjectNode tree) {
    return JSON.treeToValue(tree, Map.class);
  }

  private void step(Exchange exchange) {
    Intent intent = exchange.intent();
    if (!RecordedRequest.isWhole(intent)) {
      throw new IllegalArgumentException(
          "the body of " + intent.id() + " is not kept whole (" + intent.body().state() + ")");
    }
    boolean returns = returns(intent);
    boolean cleanUp = returns || !always.isEmpty();
    String name = unique(intent.operation().word());
    ObjectNode step = JsonNodeFactory.instance.objectNode();
    step.put("name", name);
    if (returns) {
      ArrayNode undoes = step.putArray("undoes");
      taking.forEach(undoes::add);
    }
    step.setAll(request(intent));
    if (intent.movesMoney() && !returns) {
      taking.add(name);
    }
    exchange
        .outcome()
        .ifPresent(outcome -> {
          expectation(outcome, intent, returns)
              .ifPresent(expected -> step.set(cleanUp ? "done" : "expect", expected));
          outcome
              .answer()
              .ifPresent(answer ->
                  answers.add(
                      AnswerValues.of(
                          name,
                          Message.answer(
                              answer.status(),
                              answer.fields(),
                              profile.content(answer.body().text())))));
        });
    written.put(name, step);
    (cleanUp ? always : steps).add(step);
  }

  private static boolean returns(Intent intent) {
    return intent.operation() == Operation.REFUND || intent.operation() == Operation.VOID;
  }

  private String unique(String word) {
    String name = word;
    for (int i = 2; written.containsKey(name); i++) {
      name = word + "-" + i;
    }
    return name;
  }

  private ObjectNode request(Intent intent) {
    ObjectNode recorded = RecordedRequest.of(intent);
    Optional<String> key = keyPlace(intent.operation());
    Map<String, String> known = known(intent, recorded);
    Texts.Replacing replacing = (at, text) -> replaced(at, text, known, key);
    ObjectNode step = JsonNodeFactory.instance.objectNode();
    for (var part : recorded.properties()) {
      String text = part.getValue().asString("");
      step.set(
          part.getKey(),
          switch (part.getKey()) {
            case "method", "content-type" -> part.getValue();
            case "path" -> JsonNodeFactory.instance.stringNode(path(text, replacing));
            case "xml", "text" -> JsonNodeFactory.instance.stringNode(within(text, known));
            default -> Texts.replaced(part.getKey(), part.getValue(), replacing);
          });
    }
    return step;
  }

  /// The name of the field, or the last name in the body, where the key stands.
  private Optional<String> keyPlace(Operation operation) {
    return profile.idempotency().key(operation).map(Place::name);
  }

  private Map<String, String> known(Intent intent, ObjectNode recorded) {
    Map<String, String> known = new LinkedHashMap<>();
    intent
        .correlation()
        .reference()
        .filter(text -> !Masked.is(text))
        .ifPresent(text -> known.put(text, BuiltIn.REFERENCE.word()));
    Set<String> texts = new LinkedHashSet<>();
    Texts.replaced(
        "",
        recorded,
        (_, text) -> {
          texts.add(text);
          texts.addAll(List.of(text.split("/", -1)));
          return text;
        });
    for (String text : texts) {
      if (!known.containsKey(text) && !ours.contains(text)) {
        captured(text).ifPresent(name -> known.put(text, name));
      }
    }
    ours.addAll(texts);
    ours.removeAll(captures.keySet());
    return known;
  }

  /// The capture that gives a value, made at the step in whose answer it stood.
  private Optional<String> captured(String value) {
    if (captures.containsKey(value)) {
      return Optional.of(captures.get(value));
    }
    for (AnswerValues answer : answers) {
      String place = answer.places().get(value);
      if (place != null) {
        String last = place.substring(Math.max(place.lastIndexOf('.'), place.lastIndexOf(' ')) + 1);
        String name = Texts.name(answer.step() + "-" + last);
        while (captures.containsValue(name) || secrets.containsKey(name)) {
          name += "-more";
        }
        captures.put(value, name);
        Objects.requireNonNull(written.get(answer.step())).withObject("/capture").put(name, place);
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  private String replaced(String at, String text, Map<String, String> known, Optional<String> key) {
    if (key.filter(at::equalsIgnoreCase).isPresent()) {
      return "{{" + BuiltIn.KEY.word() + "}}";
    }
    if (known.containsKey(text)) {
      return "{{" + known.get(text) + "}}";
    }
    return Masked.is(text) ? "{{" + secret(at) + "}}" : text.replace("{{", "{ {");
  }

  private static String path(String text, Texts.Replacing replacing) {
    List<String> segments = new ArrayList<>();
    for (String segment : text.split("/", -1)) {
      segments.add(replacing.replaced("path", segment));
    }
    return String.join("/", segments);
  }

  private static String within(String text, Map<String, String> known) {
    String replaced = text.replace("{{", "{ {");
    for (Map.Entry<String, String> each : known.entrySet()) {
      if (each.getKey().length() >= AnswerValues.SHORTEST) {
        replaced = replaced.replace(each.getKey(), "{{" + each.getValue() + "}}");
      }
    }
    return replaced;
  }

  private String secret(String at) {
    String name = Texts.name(at);
    String env = (provider + "_" + name).toUpperCase(Locale.ROOT).replace('-', '_');
    secrets.putIfAbsent(name, env);
    return name;
  }

  private static Optional<JsonNode> expectation(Outcome outcome, Intent intent, boolean returns) {
    return outcome
        .answer()
        .map(answer -> {
          ObjectNode expected = JsonNodeFactory.instance.objectNode();
          expected.put("status", answer.status());
          Money money = outcome.verdict().money();
          boolean says = money == Money.SUCCEEDED || money == Money.PENDING;
          if (intent.movesMoney() && says && (!returns || money == Money.SUCCEEDED)) {
            expected.put("money", money.word());
          }
          return expected;
        });
  }

  /// A lost answer is learned again, where the profile says that this can't take the money twice.
  private ArrayNode cleanUp() {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    Idempotency idempotency = profile.idempotency();
    for (String name : taking) {
      ObjectNode step = Objects.requireNonNull(written.get(name));
      if (idempotency.proven()
          && idempotency.lives().isPresent()
          && step.has("capture")
          && step.toString().contains("{{" + BuiltIn.KEY.word() + "}}")) {
        all.addObject().put("name", "ask-again-" + name).put("repeats", name);
      }
    }
    always.forEach(all::add);
    return all;
  }
}
