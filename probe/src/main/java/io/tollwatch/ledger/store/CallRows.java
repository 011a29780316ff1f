package io.tollwatch.ledger.store;

import io.tollwatch.taxonomy.Category;
import io.tollwatch.verdict.Trail;
import io.tollwatch.verdict.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads facts, and why some did not end in success, in one go. Confined to one reading.
///
/// @param facts gets each
/// @param why gets those that ended, but not in success
record CallRows(Consumer<Fact> facts, Consumer<NoSuccess> why) {

  /// The column after the facts.
  private static final int ID = FactsRow.FACT.split(",", -1).length + 1;

  /// Gives those that meet all these conditions, oldest first. No detail is looked for of a call
  /// that succeeded: most of what there is to read.
  void read(Store store, Where where) {
    String select =
        """
        select %s, e.id, d.gateway_code, d.gateway_message, d.outcome,
          case when e.money = 'in_doubt' then d.intent end
        %s left join exchange_detail d
          on d.no = case when e.category <> '%s' then e.no end%s order by %s
        """
            .formatted(
                FactsRow.FACT, where.from(), Category.SUCCEEDED.word(), where.sql(), where.no());
    new Question(select, (_, statement) -> where.bind(statement)).each(store, this::take);
  }

  private void take(ResultSet row) throws SQLException {
    Fact fact = FactsRow.fact(row);
    facts.accept(fact);
    byte @Nullable [] outcome = row.getBytes(ID + 3);
    if (fact.ended().isPresent() && outcome != null) {
      ExchangeJson.Why read = ExchangeJson.why(outcome);
      why.accept(
          new NoSuccess(
              row.getString(ID),
              fact.provider(),
              fact.ended().get(),
              Optional.ofNullable(row.getString(ID + 1)),
              Optional.ofNullable(row.getString(ID + 2)),
              read.broken(),
              read.verdict().map(Verdict::trail).orElse(Trail.none()),
              Optional.ofNullable(row.getBytes(ID + 4)).map(ExchangeJson::handles)));
    }
  }
}
