package io.tollwatch.checks.script;

import io.tollwatch.document.Section;
import io.tollwatch.document.Shown;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.timing.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Reads what is expected of an answer. Confined to one reading.
final class ExpectReader {

  private final Section expect;
  private final List<Assertion> found = new ArrayList<>();

  ExpectReader(Section expect) {
    this.expect = expect;
  }

  List<Assertion> assertions() {
    Set<Integer> statuses = new LinkedHashSet<>();
    each("status").forEach(node -> statuses.add(node.asInt(0)));
    if (!statuses.isEmpty()) {
      found.add(new Assertion.Status(statuses));
    }
    Set<Category> categories = words("category", Category.class);
    if (!categories.isEmpty()) {
      found.add(new Assertion.CategoryIs(categories));
    }
    Set<Money> money = words("money", Money.class);
    if (!money.isEmpty()) {
      found.add(new Assertion.MoneyIs(money));
    }
    places();
    expect
        .text("body")
        .flatMap(text -> PlaceText.pattern(expect, expect.at("body"), text))
        .ifPresent(pattern -> found.add(new Assertion.BodyHas(pattern)));
    expect
        .tree("amount")
        .flatMap(node -> template("amount", node))
        .ifPresent(amount -> found.add(new Assertion.Amount(amount)));
    times();
    if (expect.has("tls-days-left")) {
      found.add(new Assertion.TlsDaysLeft(expect.integer("tls-days-left", 0)));
    }
    return List.copyOf(found);
  }

  private void places() {
    Section values = expect.section("values");
    for (String text : values.keys()) {
      List<Template> wanted =
          values.tree(text).stream()
              .flatMap(ExpectReader::elements)
              .flatMap(node -> template(values, text, node).stream())
              .toList();
      PlaceText.place(values, values.at(text), text)
          .ifPresent(place -> found.add(new Assertion.Says(place, wanted)));
    }
    Section matches = expect.section("matches");
    for (String text : matches.keys()) {
      PlaceText.place(matches, matches.at(text), text)
          .ifPresent(place ->
              matches
                  .text(text)
                  .flatMap(pattern -> PlaceText.pattern(matches, matches.at(text), pattern))
                  .ifPresent(pattern -> found.add(new Assertion.Matches(place, pattern))));
    }
    for (String text : expect.texts("present", List.of())) {
      PlaceText.place(expect, expect.at("present"), text)
          .ifPresent(place -> found.add(new Assertion.Present(place)));
    }
    for (String text : expect.texts("absent", List.of())) {
      PlaceText.place(expect, expect.at("absent"), text)
          .ifPresent(place -> found.add(new Assertion.Absent(place)));
    }
  }

  private void times() {
    Section within = expect.section("within");
    within.duration("total").ifPresent(limit -> found.add(new Assertion.Within(limit)));
    for (Phase phase : Phase.values()) {
      within
          .duration(phase.word())
          .ifPresent(limit -> found.add(new Assertion.PhaseWithin(phase, limit)));
    }
  }

  private Stream<JsonNode> each(String key) {
    return expect.tree(key).stream().flatMap(ExpectReader::elements);
  }

  private static Stream<JsonNode> elements(JsonNode node) {
    return node.isArray() ? node.valueStream() : Stream.of(node);
  }

  private Optional<Template> template(String key, JsonNode node) {
    return template(expect, key, node);
  }

  private static Optional<Template> template(Section section, String key, JsonNode node) {
    try {
      return Optional.of(Template.of(CheckBinder.text(node)));
    } catch (IllegalArgumentException noTemplate) {
      section.wrong(key, " has {{ without a name and }}", "write {{name}}");
      return Optional.empty();
    }
  }

  private <E extends Enum<E>> Set<E> words(String key, Class<E> type) {
    Set<E> all = new LinkedHashSet<>();
    List<String> known =
        Arrays.stream(type.getEnumConstants())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .toList();
    each(key)
        .forEach(node -> {
          String word = CheckBinder.text(node);
          if (known.contains(word)) {
            all.add(Enum.valueOf(type, word.toUpperCase(Locale.ROOT)));
          } else {
            expect.wrong(
                key,
                " has a word that is none",
                Shown.nearest(word, known)
                    .map(nearest -> "did you mean " + nearest + "?")
                    .orElse("write one of " + String.join(", ", known)));
          }
        });
    return all;
  }
}
