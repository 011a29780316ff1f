package io.tollwatch.ledger.store;

import io.tollwatch.exchange.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Adds outcomes to exchanges that the store knows without. Part of the caller's transaction, and
/// confined to it.
final class Ending {

  private static final String SETTLED = "delete from exchange_unsettled where no = ?";
  private static final String IN_DOUBT =
      "update exchange_unsettled set in_doubt = true where no = ?";

  private final Connection connection;

  Ending(Connection connection) {
    this.connection = connection;
  }

  /// Adds them where there is none yet.
  ///
  /// @return those whose exchange is not there
  List<Outcome> end(List<Outcome> outcomes) throws SQLException {
    if (outcomes.isEmpty()) {
      return List.of();
    }
    Map<String, KnownRow> rows =
        KnownRow.find(connection, outcomes.stream().map(Outcome::id).toList()).byId();
    List<Outcome> orphans = new ArrayList<>();
    Map<KnownRow, Outcome> open = new LinkedHashMap<>();
    for (Outcome next : outcomes) {
      KnownRow row = rows.get(next.id());
      if (row == null) {
        orphans.add(next);
      } else if (!row.ended()) {
        open.putIfAbsent(row, next);
      }
    }
    if (!open.isEmpty()) {
      update(open);
      count(open);
    }
    return orphans;
  }

  private void update(Map<KnownRow, Outcome> open) throws SQLException {
    try (PreparedStatement facts = connection.prepareStatement(FactsRow.END);
        PreparedStatement details = connection.prepareStatement(DetailRow.END);
        PreparedStatement settled = connection.prepareStatement(SETTLED);
        PreparedStatement inDoubt = connection.prepareStatement(IN_DOUBT)) {
      LookupEntries lookup = new LookupEntries();
      for (Map.Entry<KnownRow, Outcome> each : open.entrySet()) {
        KnownRow row = each.getKey();
        Outcome outcome = each.getValue();
        FactsRow.bindEnd(facts, row.no(), outcome);
        DetailRow.bindEnd(details, row.no(), outcome);
        lookup.add(row.no(), outcome);
        new Binder(Inserting.isInDoubt(outcome) ? inDoubt : settled).number(row.no()).add();
      }
      facts.executeBatch();
      details.executeBatch();
      settled.executeBatch();
      inDoubt.executeBatch();
      new Lookup(connection).add(lookup);
      new Notes(connection)
          .settle(open.values().stream().filter(Inserting::isInDoubt).map(Outcome::id).toList());
    } catch (RuntimeException e) {
      throw new SQLDataException("no row can be made of it: " + e.getMessage(), "22000", e);
    }
    addAnswers(open);
  }

  private void count(Map<KnownRow, Outcome> open) throws SQLException {
    CallCounts counts = new CallCounts();
    try (PreparedStatement insert = connection.prepareStatement(NoSuccessRow.TABLE.insert())) {
      for (Map.Entry<KnownRow, Outcome> each : open.entrySet()) {
        KnownRow row = each.getKey();
        CallKind ended = row.begun().ended(each.getValue().verdict());
        counts.move(row.begun(), ended);
        if (NoSuccessRow.isOf(each.getValue())) {
          NoSuccessRow.put(new Binder(insert), row.no(), row.startedAt(), ended, each.getValue());
        }
      }
      insert.executeBatch();
    }
    counts.write(connection);
  }

  /// The request's body has made the row, if there was one.
  private void addAnswers(Map<KnownRow, Outcome> open) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    open.forEach((row, outcome) -> {
      Optional<String> answer = DetailRow.answer(outcome);
      if (answer.isPresent()) {
        numbers.add(row.no());
        answers.add(answer.get());
      }
    });
    if (numbers.isEmpty()) {
      return;
    }
    try (PreparedStatement update = connection.prepareStatement(DetailRow.ADD_ANSWER);
        PreparedStatement insert = connection.prepareStatement(DetailRow.BODIES.insert())) {
      for (int i = 0; i < numbers.size(); i++) {
        new Binder(update).utf8(Optional.of(answers.get(i))).number(numbers.get(i)).add();
      }
      int[] changed = update.executeBatch();
      for (int i = 0; i < changed.length; i++) {
        if (changed[i] == 0) {
          new Binder(insert)
              .number(numbers.get(i))
              .utf8(Optional.empty())
              .utf8(Optional.of(answers.get(i)))
              .add();
        }
      }
      insert.executeBatch();
    }
  }
}
