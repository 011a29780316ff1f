package io.tollwatch.profile;

import io.tollwatch.document.Section;
import io.tollwatch.taxonomy.Action;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Turns a profile's document into the profile, tables compiled. What is wrong becomes a problem,
/// and the reading goes on; a document with a problem is no profile. Stateless.
final class ProfileReader {

  private ProfileReader() {}

  static Profile read(Section root, Source source) {
    String name = root.text("name").orElse("");
    TableReader reader = new TableReader(name, source, new SharedRules(root, source));
    List<TableReader.Read> errors = reader.errors(root);
    List<TableReader.Read> outcomes = reader.outcomes(root);
    Reachability.check(joined(errors, outcomes));
    for (String mark : reader.unusedMarks()) {
      root.wrong("name", ": final mark for a rule that is not there: " + mark, "remove the mark");
    }
    List<CodeTable> errorTables = tables(errors);
    List<CodeTable> outcomeTables = tables(outcomes);
    return new Profile(
        name,
        name + "@" + root.integer("version", 1),
        answers(root),
        new Routes(RouteReader.routes(root, source)),
        errorTables,
        outcomeTables,
        Profile.known(errorTables, outcomeTables),
        facts(root.section("request")),
        facts(root.section("answer")),
        RailReader.rails(root),
        amounts(root.section("amounts")),
        LookupReader.idempotency(root, source),
        LookupReader.cannotMove(root),
        LookupReader.lookup(root),
        root.sections("hints").stream()
            .filter(section -> PlaceReader.place(section, "at").isPresent())
            .map(section -> hint(section, source))
            .toList(),
        secrets(root.section("secrets")));
  }

  /// What a user's file adds to a profile: its own comes first, and what could loosen the shipped
  /// one's demands stays as it is.
  static Profile extended(Profile base, Profile own) {
    List<CodeTable> errors = joined(own.errors(), base.errors());
    List<CodeTable> outcomes = joined(own.outcomes(), base.outcomes());
    return new Profile(
        own.name(),
        own.id() + "+" + base.id(),
        base.answers(),
        new Routes(joined(own.routes().rows(), base.routes().rows())),
        errors,
        outcomes,
        Profile.known(errors, outcomes),
        own.request().before(base.request()),
        own.answer().before(base.answer()),
        own.rails().before(base.rails()),
        base.amounts(),
        base.idempotency(),
        joined(own.cannotMove(), base.cannotMove()),
        base.lookup(),
        joined(own.hints(), base.hints()),
        new Secrets(
            union(own, base, Secrets::fields),
            union(own, base, Secrets::headers),
            base.secrets().exempt()));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static Set<String> union(Profile one, Profile two, Function<Secrets, Set<String>> part) {
    return Stream.of(one, two)
        .flatMap(profile -> part.apply(profile.secrets()).stream())
        .collect(Collectors.toSet());
  }

  private static List<CodeTable> tables(List<TableReader.Read> tables) {
    return tables.stream().map(TableReader.Read::table).toList();
  }

  private static Set<Content.Kind> answers(Section root) {
    Set<Content.Kind> kinds = EnumSet.noneOf(Content.Kind.class);
    root.texts("answers", List.of())
        .forEach(word -> kinds.add(Content.Kind.valueOf(word.toUpperCase(Locale.ROOT))));
    return kinds;
  }

  private static FactPlaces facts(Section section) {
    return new FactPlaces(
        PlaceReader.places(section, "message"),
        PlaceReader.places(section, "request-id"),
        PlaceReader.places(section, "reference"),
        PlaceReader.places(section, "amount"),
        PlaceReader.places(section, "currency"),
        PlaceReader.places(section, "payment"));
  }

  private static Amounts amounts(Section section) {
    Section exponents = section.section("exponents");
    Map<String, Integer> digits = new HashMap<>();
    exponents.keys().forEach(code -> digits.put(code, exponents.integer(code, 2)));
    return new Amounts(
        section.text("unit").orElse("minor").equals("minor"), section.text("currency"), digits);
  }

  private static Hint hint(Section section, Source source) {
    Set<Action> beats = EnumSet.noneOf(Action.class);
    section.texts("beats", List.of()).forEach(word -> beats.add(Action.ofWord(word)));
    Set<String> values = new HashSet<>(section.texts("values", List.of()));
    section.text("value").ifPresent(values::add);
    return new Hint(
        PlaceReader.place(section, "at").orElseThrow(),
        values,
        beats,
        section.choice("action", Action.class, Action.NONE),
        section.flag("in-doubt", false),
        section.flag("declines", false),
        section.flag("stop", false),
        source.origin(section.line()));
  }

  private static Secrets secrets(Section section) {
    return new Secrets(
        new HashSet<>(section.texts("fields", List.of())),
        new HashSet<>(section.texts("headers", List.of())),
        new HashSet<>(section.texts("exempt", List.of())));
  }
}
