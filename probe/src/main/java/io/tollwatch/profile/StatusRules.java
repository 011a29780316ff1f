package io.tollwatch.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an HTTP status means where the body says nothing more. Immutable, thread-safe.
public final class StatusRules {

  /// A rule and its name, such as `http/503`.
  public record Named(String name, Rule rule) {}

  /// The file as it stands. A status is a number or a family, such as `5xx`.
  record File(List<Row> rules) {}

  record Row(
      List<String> http,
      @Nullable Boolean page,
      @Nullable String server,
      ProfileFile.RuleRow means) {}

  private record Candidate(boolean page, Optional<String> server, Named named) {

    boolean fits(boolean isPage, String serverField) {
      return (!page || isPage)
          && server.map(name -> name.equalsIgnoreCase(serverField)).orElse(true);
    }
  }

  private final Map<String, List<Candidate>> byStatus = new HashMap<>();

  private StatusRules(File file) {
    for (Row row : file.rules()) {
      Rule rule = RuleReader.rule(row.means(), Set.of());
      boolean page = row.page() != null && row.page();
      for (String status : row.http()) {
        String name = "http/" + status + (page ? "/page" : "");
        byStatus
            .computeIfAbsent(status, ignored -> new ArrayList<>())
            .add(new Candidate(page, Optional.ofNullable(row.server()), new Named(name, rule)));
      }
    }
  }

  /// Reads the shipped defaults.
  public static StatusRules shipped() {
    return new StatusRules(Resources.YAML.readValue(Resources.text("http.yaml"), File.class));
  }

  /// The rule for a status, else for its family.
  ///
  /// @param page whether the body is a page for people, not a gateway's answer
  /// @param server the answer's `Server` field, empty if it has none
  public Optional<Named> of(int status, boolean page, String server) {
    return find(Integer.toString(status), page, server)
        .or(() -> find(status / 100 + "xx", page, server));
  }

  private Optional<Named> find(String status, boolean page, String server) {
    for (Candidate candidate : byStatus.getOrDefault(status, List.of())) {
      if (candidate.fits(page, server)) {
        return Optional.of(candidate.named());
      }
    }
    return Optional.empty();
  }
}
