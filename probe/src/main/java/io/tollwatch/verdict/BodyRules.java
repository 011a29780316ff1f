package io.tollwatch.verdict;

import io.tollwatch.profile.CodeTable;
import io.tollwatch.profile.CodeTable.Lead;
import io.tollwatch.profile.Message;
import io.tollwatch.profile.Place;
import io.tollwatch.profile.Profile;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Looks an answer up in a profile's tables: first its errors, then, of a 2xx to a call that moves
/// money, what it may say of the outcome. The first table that knows a code of the answer decides;
/// where it knows only some of several codes, a later table decides if what it knows is graver for
/// the money. Confined to one answer.
final class BodyRules {

  private final Profile profile;
  private final Call call;
  private final Message answer;
  private Finding.@Nullable Unmapped unmapped;

  private BodyRules(Profile profile, Call call, Message answer) {
    this.profile = profile;
    this.call = call;
    this.answer = answer;
  }

  /// What the tables say.
  ///
  /// @param found the rule that decides, if any
  /// @param unmapped a code that no table knows
  record Told(Optional<Finding> found, Optional<Finding.Unmapped> unmapped) {}

  static Told find(Profile profile, Call call, Message answer) {
    BodyRules rules = new BodyRules(profile, call, answer);
    Optional<Finding> found = rules.search(_ -> true);
    if (found.isPresent() && !found.get().rule().isShipped()) {
      Optional<Finding> shipped = new BodyRules(profile, call, answer).search(CodeTable::shipped);
      found =
          found.map(finding -> shipped.map(Finding::name).map(finding::overruling).orElse(finding));
    }
    return new Told(found, Optional.ofNullable(rules.unmapped));
  }

  private Optional<Finding> search(Predicate<CodeTable> which) {
    Optional<Finding> error = search(profile.errors(), which);
    if (error.isPresent() || !call.movesMoney() || answer.status() / 100 != 2) {
      return error;
    }
    Finding.Unmapped unknownError = unmapped;
    unmapped = null;
    Optional<Finding> outcome = search(profile.outcomes(), which);
    // an outcome that is known explains the answer, whatever else stands in it
    if (unknownError != null && outcome.filter(found -> !found.equals(Finding.UNKNOWN)).isEmpty()) {
      unmapped = unknownError;
    }
    return outcome;
  }

  private Optional<Finding> search(List<CodeTable> tables, Predicate<CodeTable> which) {
    @Nullable CodeTable from = null;
    @Nullable Lead best = null;
    for (CodeTable table : tables) {
      List<String> codes =
          which.test(table) ? table.codes(call.operation(), answer) : List.<String>of();
      if (codes.isEmpty()) {
        continue;
      }
      boolean allKnown = note(table, codes);
      if (codes.size() > Place.MAX_TEXTS || (table.closed() && !allKnown)) {
        return Optional.of(Finding.UNKNOWN);
      }
      Optional<Lead> lead = table.lead(codes, answer);
      if (lead.isPresent() && (best == null || lead.get().isGraverThan(best))) {
        best = lead.get();
        from = table;
      }
      if (best != null && allKnown) {
        break;
      }
    }
    return best == null || from == null ? Optional.empty() : Optional.of(finding(from, best));
  }

  private static Finding finding(CodeTable table, Lead lead) {
    Optional<String> code =
        table.at() instanceof Place.Header ? Optional.empty() : Optional.of(lead.code());
    return new Finding(
        lead.rule(), table.name() + "/" + lead.code(), code, Optional.empty(), Optional.empty());
  }

  /// Notes the first code that no table knows; whether this table knows all.
  private boolean note(CodeTable table, List<String> codes) {
    boolean allKnown = true;
    for (String code : codes) {
      if (!table.knows(code)) {
        allKnown = false;
        boolean coded = !(table.at() instanceof Place.Header || table.at() instanceof Place.Status);
        if (unmapped == null && coded && !profile.knows(table.at(), code)) {
          unmapped = new Finding.Unmapped(GatewayFacts.code(code), table.name());
        }
      }
    }
    return allKnown;
  }
}
