package io.tollwatch.profile;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.io.JsonStringEncoder;

/// One call that tells what became of a payment, or ends it. Immutable. Its templates name facts in
/// braces: `{payment}` (the gateway's id), `{reference}` (the merchant's), `{key}` (the idempotency
/// key), and those of [#facts].
///
/// @param operations what it is for: what became of calls of these operations; empty for any
/// @param path template of path and query
/// @param body template of a body, in XML if it begins like it, else in JSON; empty for none
/// @param signed whether only the merchant can make it, since it must be signed
/// @param facts further facts for the templates, by name, and where they stand in the first request
/// @param state where the answer says the state; the gravest of several counts
/// @param states what the states mean; any other one teaches nothing
/// @param missing the statuses that say that there is no such payment
/// @param missingCodes and the codes that say so, by place
/// @param notBefore how long after the request it may be made at the earliest
/// @param pending of a cancel: whether it may end what the gateway calls pending, too
public record LookupCall(
    Set<Operation> operations,
    String method,
    String path,
    Optional<String> body,
    boolean signed,
    Map<String, Place> facts,
    Place state,
    Map<String, Money> states,
    Set<Integer> missing,
    Map<Place, Set<String>> missingCodes,
    Duration notBefore,
    boolean pending) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)\\}");

  public LookupCall {
    operations = Set.copyOf(operations);
    facts = Map.copyOf(facts);
    states = Map.copyOf(states);
    missing = Set.copyOf(missing);
    missingCodes = Map.copyOf(missingCodes);
  }

  /// Path and query with these facts, encoded; empty if one is not known.
  public Optional<String> target(Map<String, String> known) {
    return filled(path, known, LookupCall::url);
  }

  /// The body with these facts; empty if there is none, a fact is not known, or one holds what XML
  /// has no way to write.
  public Optional<String> body(Map<String, String> known) {
    return body.flatMap(template ->
        isXml() ? filled(template, known, XmlText::of) : filled(template, known, LookupCall::json));
  }

  /// What its body is; empty if it has none.
  public Optional<String> contentType() {
    return body.map(_ -> isXml() ? "application/xml" : "application/json");
  }

  private boolean isXml() {
    return body.filter(template -> template.startsWith("<")).isPresent();
  }

  private static Optional<String> json(String text) {
    return Optional.of(new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)));
  }

  private static Optional<String> url(String text) {
    return Optional.of(URLEncoder.encode(text, StandardCharsets.UTF_8));
  }

  /// The facts by which such a call names its payment; empty if a request is none. Of a request
  /// with a body only what its path and parameters say: the profile's own places say the rest.
  public Optional<Map<String, String>> asks(String asked, Message request) {
    int query = path.indexOf('?');
    List<String> template = Routes.segments(query < 0 ? path : path.substring(0, query));
    List<String> segments = Routes.segments(request.target());
    Map<String, String> named = new HashMap<>();
    boolean such = asked.equals(method) && template.size() == segments.size();
    for (int i = 0; such && i < template.size(); i++) {
      such = takes(template.get(i), segments.get(i), named);
    }
    for (Parameters.Parameter wanted : Parameters.ofTarget(path).all()) {
      such = such && takes(wanted.value(), parameter(wanted.name(), request), named);
    }
    return such ? Optional.of(named) : Optional.empty();
  }

  private static boolean takes(String wanted, String given, Map<String, String> named) {
    Matcher placeholder = PLACEHOLDER.matcher(wanted);
    if (placeholder.matches()) {
      named.put(placeholder.group(1), given);
      return !given.isEmpty();
    }
    return wanted.equals(given);
  }

  private static String parameter(String name, Message request) {
    return Parameters.ofTarget(request.target()).all().stream()
        .filter(each -> each.name().equals(name))
        .map(Parameters.Parameter::value)
        .findFirst()
        .orElseGet(() -> request.content().root().path(name).asString(""));
  }

  private static Optional<String> filled(
      String template, Map<String, String> known, Function<String, Optional<String>> encoding) {
    StringBuilder filled = new StringBuilder();
    Matcher placeholder = PLACEHOLDER.matcher(template);
    int from = 0;
    while (placeholder.find()) {
      Optional<String> value =
          Optional.ofNullable(known.get(placeholder.group(1)))
              .filter(text -> !text.isEmpty())
              .flatMap(encoding);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      filled.append(template, from, placeholder.start()).append(value.get());
      from = placeholder.end();
    }
    return Optional.of(filled.append(template.substring(from)).toString());
  }

  /// What a complete answer to it says. An answer of the 5xx class teaches nothing.
  public Evidence evidence(Message answer) {
    if (answer.status() >= 500) {
      return new Evidence.Nothing();
    }
    if (missing.contains(answer.status())
        || missingCodes.entrySet().stream()
            .anyMatch(
                each -> each.getKey().texts(answer).stream().anyMatch(each.getValue()::contains))) {
      return new Evidence.NotFound();
    }
    return answer.status() / 100 == 2 ? state(answer) : new Evidence.Nothing();
  }

  /// Of several payments under one reference one that was taken counts, then one that may be.
  private Evidence state(Message answer) {
    Money found = Money.NONE;
    boolean unknown = false;
    for (String text : state.texts(answer)) {
      Money money = states.get(text);
      unknown |= money == null;
      if (money == Money.SUCCEEDED || (money == Money.PENDING && found != Money.SUCCEEDED)) {
        found = money;
      } else if (money != null && found == Money.NONE) {
        found = money;
      }
    }
    boolean taught = found == Money.SUCCEEDED || (!unknown && found != Money.NONE);
    return taught ? new Evidence.State(found) : new Evidence.Nothing();
  }
}
