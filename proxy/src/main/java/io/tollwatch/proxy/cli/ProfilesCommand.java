package io.tollwatch.proxy.cli;

import io.tollwatch.profile.CodeTable;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Profiles;
import io.tollwatch.profile.Rule;
import io.tollwatch.proxy.judging.Gateways;
import io.tollwatch.taxonomy.Operation;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// Lists the profiles: what is known about kinds of gateways.
@Command(
    name = "profiles",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "List what is known about gateways, and check profiles of your own.",
    description = {
      "",
      "Rules are codes with a meaning; final ones are documented to be certain for ever; places are"
          + " where in answers codes are looked for.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tollwatch profiles",
      "  tollwatch profiles stripe               its tables, in the order that decides",
      "  tollwatch profiles --profile acme.yaml  with one of your own, checked",
      "",
      "Exit codes: 0 fine, 2 usage, or a profile of your own is wrong."
    })
final class ProfilesCommand implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Show this one's tables.")
  private @Nullable String name;

  @Mixin private ProfileOptions options = new ProfileOptions();

  @Option(names = "--json", description = "For machines: a document a line.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UsageException {
    Gateways gateways = options.read();
    Profiles profiles = gateways.profiles();
    String wanted = name;
    if (wanted != null && !profiles.names().contains(wanted)) {
      throw new UsageException(gateways.unknown(wanted));
    }
    PrintWriter out = spec.commandLine().getOut();
    List<Profile> shown =
        wanted == null
            ? profiles.names().stream().map(profiles::byName).toList()
            : List.of(profiles.byName(wanted));
    if (json) {
      shown.forEach(
          each -> out.println(JSON.writeValueAsString(document(each, profiles, wanted != null))));
    } else if (wanted == null) {
      list(shown, profiles, out);
    } else {
      tables(shown.getFirst(), profiles, out);
    }
    return 0;
  }

  private static void list(List<Profile> shown, Profiles profiles, PrintWriter out) {
    Paint paint = Terminal.current().paint();
    int width = shown.stream().mapToInt(each -> each.id().length()).max().orElse(0);
    String row = "%-" + width + "s  %-7s  %5s  %5s  %6s  %s";
    out.println(
        paint.faint(row.formatted("profile", "from", "rules", "final", "places", "operations")));
    for (Profile each : shown) {
      Counts counts = Counts.of(each);
      out.println(
          row.formatted(
              each.id(),
              from(each, profiles),
              counts.rules(),
              counts.finals(),
              counts.places(),
              operations(each)));
    }
  }

  private static void tables(Profile profile, Profiles profiles, PrintWriter out) {
    Paint paint = Terminal.current().paint();
    Counts counts = Counts.of(profile);
    out.println(
        "%s  %s, %d rules, %d of them final; %s"
            .formatted(
                paint.bold(profile.id()),
                from(profile, profiles),
                counts.rules(),
                counts.finals(),
                operations(profile)));
    profile
        .tables()
        .forEach(table ->
            out.println(
                "%5d  %-40s %s"
                    .formatted(
                        table.rules().size(),
                        table.name(),
                        table.at().text() + (table.shipped() ? "" : ", your own"))));
  }

  private static String from(Profile profile, Profiles profiles) {
    return profiles.ownNames().contains(profile.name()) ? "you" : "shipped";
  }

  private static String operations(Profile profile) {
    return profile.operations().isEmpty()
        ? "by HTTP method only"
        : profile.operations().stream().map(Operation::word).collect(Collectors.joining(", "));
  }

  private static Map<String, Object> document(Profile profile, Profiles profiles, boolean whole) {
    Counts counts = Counts.of(profile);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", profile.name());
    document.put("id", profile.id());
    document.put("from", from(profile, profiles).equals("you") ? "user" : "shipped");
    document.put("rules", counts.rules());
    document.put("final", counts.finals());
    document.put("operations", profile.operations().stream().map(Operation::word).toList());
    document.put("places", profile.tables().map(table -> table.at().text()).distinct().toList());
    if (whole) {
      document.put("tables", profile.tables().map(ProfilesCommand::document).toList());
    }
    return document;
  }

  private static Map<String, Object> document(CodeTable table) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", table.name());
    document.put("at", table.at().text());
    document.put("rules", table.rules().size());
    document.put("final", table.rules().values().stream().filter(Rule::isFinal).count());
    document.put("shipped", table.shipped());
    return document;
  }

  private record Counts(long rules, long finals, long places) {

    static Counts of(Profile profile) {
      return new Counts(
          profile.tables().mapToLong(table -> table.rules().size()).sum(),
          profile
              .tables()
              .flatMap(table -> table.rules().values().stream())
              .filter(Rule::isFinal)
              .count(),
          profile.tables().map(CodeTable::at).distinct().count());
    }
  }
}
