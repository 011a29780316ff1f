package io.tollwatch.profile;

import static io.tollwatch.profile.ProfileFile.list;
import static io.tollwatch.profile.ProfileFile.set;

import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns a profile's file into the profile, tables compiled. Stateless.
public final class ProfileReader {

  private ProfileReader() {}

  /// Reads a profile.
  ///
  /// @throws IllegalArgumentException or a `JacksonException` if it is not one
  public static Profile read(String yaml) {
    ProfileFile file = Resources.YAML.readValue(yaml, ProfileFile.class);
    return new Profile(
        file.name(),
        file.version(),
        file.json(),
        routes(list(file.routes())),
        list(file.errors()).stream().map(ProfileReader::table).toList(),
        list(file.outcomes()).stream().map(ProfileReader::table).toList(),
        facts(file.request()),
        facts(file.answer()),
        amounts(file.amounts()),
        idempotency(file.idempotency()),
        list(file.hints()).stream().map(ProfileReader::hint).toList(),
        secrets(file.secrets()));
  }

  private static Routes routes(List<ProfileFile.RouteRow> rows) {
    List<RouteTemplate> templates = new ArrayList<>();
    for (ProfileFile.RouteRow row : rows) {
      Operation operation = Operation.ofWord(row.operation());
      boolean moves =
          row.movesMoney() != null
              ? row.movesMoney()
              : operation.movesMoney()
                  || (operation == Operation.OTHER && !Routes.isSafe(row.method()));
      for (String path : row.paths()) {
        String label = row.label() == null ? path : row.label();
        templates.add(
            new RouteTemplate(
                row.method(),
                Routes.segments(path),
                parameter(row.parameter()),
                new Route(operation, moves, label)));
      }
    }
    return new Routes(templates);
  }

  private static Optional<Parameters.Parameter> parameter(@Nullable Map<String, String> parameter) {
    return parameter == null
        ? Optional.empty()
        : parameter.entrySet().stream()
            .map(each -> new Parameters.Parameter(each.getKey(), each.getValue()))
            .findFirst();
  }

  private static CodeTable table(ProfileFile.TableRow row) {
    Place at = Place.of(row.at());
    Map<Place, Set<String>> when = new HashMap<>();
    if (row.when() != null) {
      row.when().forEach((place, values) -> when.put(Place.of(place), Set.copyOf(values)));
    }
    Map<String, Rule> rules = new HashMap<>();
    row.rules().forEach((code, rule) -> rules.put(code, RuleReader.rule(rule, set(row.http()))));
    return new CodeTable(
        row.name() == null ? at.name() : row.name(),
        at,
        when,
        places(row.requires()),
        set(row.statuses()),
        list(row.operations()).stream().map(Operation::ofWord).collect(Collectors.toSet()),
        row.closed() != null && row.closed(),
        rules);
  }

  private static FactPlaces facts(ProfileFile.@Nullable FactRow row) {
    return row == null
        ? new FactPlaces(List.of(), List.of(), List.of(), List.of(), List.of(), List.of())
        : new FactPlaces(
            places(row.message()),
            places(row.requestId()),
            places(row.reference()),
            places(row.amount()),
            places(row.currency()),
            places(row.payment()));
  }

  private static List<Place> places(@Nullable List<String> places) {
    return list(places).stream().map(Place::of).toList();
  }

  private static Amounts amounts(ProfileFile.@Nullable AmountRow row) {
    return row == null
        ? new Amounts(true, Optional.empty())
        : new Amounts(row.unit().equals("minor"), Optional.ofNullable(row.currency()));
  }

  private static Idempotency idempotency(ProfileFile.@Nullable IdempotencyRow row) {
    return row == null
        ? new Idempotency(Optional.empty(), Optional.empty())
        : new Idempotency(
            Optional.ofNullable(row.key()).map(Place::of),
            Optional.ofNullable(row.lives()).map(Duration::parse));
  }

  private static Hint hint(ProfileFile.HintRow row) {
    return new Hint(
        Place.of(row.at()),
        Optional.ofNullable(row.value()),
        list(row.beats()).stream().map(Action::ofWord).collect(Collectors.toSet()),
        Action.ofWord(row.action()),
        row.inDoubt() != null && row.inDoubt());
  }

  private static Secrets secrets(ProfileFile.@Nullable SecretRow row) {
    return row == null
        ? new Secrets(Set.of(), Set.of(), Set.of())
        : new Secrets(set(row.fields()), set(row.headers()), set(row.exempt()));
  }
}
