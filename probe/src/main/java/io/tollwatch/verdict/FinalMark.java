package io.tollwatch.verdict;

import io.tollwatch.profile.CodeTable;
import io.tollwatch.profile.Message;
import io.tollwatch.profile.Place;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Rule;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether the mark of the rule that decides holds for an answer (P1). One code that is final
/// proves nothing where another one stands beside it that is not, or that nobody knows: the answer
/// may be the one to a payment that was approved first. Stateless.
final class FinalMark {

  private FinalMark() {}

  /// A code and where it stands.
  private record Said(Place at, String code) {}

  /// Where the gateway documents that such a payment is not taken and can't be later; empty unless
  /// the answer is a payment's, comes with a status that the rule is documented for, and says
  /// nothing else.
  ///
  /// @param rule the one that decides
  /// @param money what the answer was found to mean, all told
  static Optional<String> of(Profile profile, Call call, Rule rule, Money money, Message answer) {
    boolean marked =
        rule.isFinal()
            && rule.isShipped()
            && call.operation() == Operation.PAY
            && money == Money.REJECTED
            && answer.status() < 500
            && rule.http().contains(answer.status());
    return marked && agreed(profile, call.operation(), answer)
        ? rule.finalSource()
        : Optional.empty();
  }

  /// Whether every code of the answer is known to a table that is read for it, and none of them
  /// speaks against a final one. What a success may say is read whatever the status: beside a
  /// refusal it is a contradiction. The status itself is no code: it is one that the rule is
  /// documented for.
  private static boolean agreed(Profile profile, Operation operation, Message answer) {
    Set<Said> unknown = new HashSet<>();
    Set<Said> known = new HashSet<>();
    List<CodeTable> tables =
        profile.tables().filter(table -> !(table.at() instanceof Place.Status)).toList();
    for (CodeTable table : tables) {
      for (String code : table.codes(operation, answer)) {
        if (!table.allowsFinal(code)) {
          return false;
        }
        Set<Said> found = table.shipped() && table.knows(code) ? known : unknown;
        found.add(new Said(table.at(), code));
      }
    }
    // a field of the head has no list of codes: a table there names what matters
    unknown.removeIf(said -> said.at() instanceof Place.Header);
    return known.containsAll(unknown);
  }
}
