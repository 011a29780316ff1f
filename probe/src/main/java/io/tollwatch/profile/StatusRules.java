package io.tollwatch.profile;

import io.tollwatch.document.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What an HTTP status means where the body says nothing more. Immutable, thread-safe.
public final class StatusRules {

  /// A rule and its name, such as `http/503`.
  public record Named(String name, Rule rule) {}

  /// A rule for a status, and when it holds.
  ///
  /// @param page whether only of a page for people
  /// @param server the `Server` field that the answer must have
  public record Candidate(boolean page, Optional<String> server, Named named) {

    boolean always() {
      return !page && server.isEmpty();
    }

    boolean fits(boolean isPage, String serverField) {
      return (!page || isPage)
          && server.map(name -> name.equalsIgnoreCase(serverField)).orElse(true);
    }
  }

  private static final String FILE = "http.yaml";

  private final Map<String, List<Candidate>> byStatus = new HashMap<>();

  private StatusRules(Section root) {
    Source source = new Source(FILE, true, Optional.empty(), Marks.NONE);
    for (Section row : root.sections("rules")) {
      Rule rule = RuleReader.rule(row.section("means"), Set.of(), source);
      boolean page = row.flag("page", false);
      // a status is a number or a family, such as `5xx`
      for (String status : row.texts("http", List.of())) {
        String name = "http/" + status + (page ? "/page" : "");
        byStatus
            .computeIfAbsent(status, ignored -> new ArrayList<>())
            .add(new Candidate(page, row.text("server"), new Named(name, rule)));
      }
    }
  }

  /// Reads the shipped defaults.
  public static StatusRules shipped() {
    return Resources.document(FILE, StatusRules::new);
  }

  /// The rule for a status, else for its family.
  ///
  /// @param page whether the body is a page for people, not a gateway's answer
  /// @param server the answer's `Server` field, empty if it has none
  public Optional<Named> of(int status, boolean page, String server) {
    return find(Integer.toString(status), page, server)
        .or(() -> find(status / 100 + "xx", page, server));
  }

  /// All rules that a status may have, the first that fits decides.
  public List<Candidate> all(int status) {
    List<Candidate> all = new ArrayList<>(candidates(Integer.toString(status)));
    if (all.stream().noneMatch(Candidate::always)) {
      all.addAll(candidates(status / 100 + "xx"));
    }
    return all;
  }

  private List<Candidate> candidates(String status) {
    return byStatus.getOrDefault(status, List.of());
  }

  private Optional<Named> find(String status, boolean page, String server) {
    for (Candidate candidate : candidates(status)) {
      if (candidate.fits(page, server)) {
        return Optional.of(candidate.named());
      }
    }
    return Optional.empty();
  }
}
