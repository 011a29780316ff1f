package io.tollwatch.verdict;

import io.tollwatch.attempt.Fields;
import io.tollwatch.profile.CodeTable;
import io.tollwatch.profile.Content;
import io.tollwatch.profile.Place;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Rule;
import java.util.List;
import java.util.Optional;

/// Looks an answer up in a profile's tables: first its errors, then, of a 2xx to a call that moves
/// money, what it may say of the outcome. Stateless.
final class BodyRules {

  private BodyRules() {}

  static Optional<Finding> find(
      Profile profile, Call call, int status, Fields fields, Content content) {
    Optional<Finding> error = search(profile, profile.errors(), call, status, fields, content);
    return error.isPresent() || !call.movesMoney() || status / 100 != 2
        ? error
        : search(profile, profile.outcomes(), call, status, fields, content);
  }

  private static Optional<Finding> search(
      Profile profile,
      List<CodeTable> tables,
      Call call,
      int status,
      Fields fields,
      Content content) {
    for (CodeTable table : tables) {
      Optional<String> code = table.code(call.operation(), status, fields, content);
      if (code.isEmpty()) {
        continue;
      }
      Rule rule = table.rules().get(code.get());
      if (rule != null) {
        String name = profile.name() + "/" + table.name() + "/" + code.get();
        boolean inBody = table.at() instanceof Place.Path;
        return Optional.of(new Finding(rule, name, inBody ? code : Optional.empty()));
      }
      if (table.closed()) {
        return Optional.of(Finding.UNKNOWN);
      }
    }
    return Optional.empty();
  }
}
