package io.tollwatch.ledger.store;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.taxonomy.Money;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Has the claims of payments follow what is fed. The feed comes after the claim, tells nothing
/// twice in another order, and waits in the journal while the database is away: so a claim ends
/// whatever happens to the process that made it. Part of the caller's transaction, and confined to
/// it.
final class ClaimRows {

  private static final String ADD =
      """
      insert into payment_claim
        (exchange, channel, payment_key, reference, provider, money, begun_at)
      select cast(? as character varying), cast(? as character varying),
        cast(? as character varying), cast(? as character varying),
        cast(? as character varying), cast(? as character varying),
        cast(? as timestamp(6) with time zone)
      where not exists (select 1 from payment_claim c where c.exchange = ?)
      """;

  private final Connection connection;

  ClaimRows(Connection connection) {
    this.connection = connection;
  }

  /// Adds attempts that have no claim, since their callers named the provider, or the database was
  /// away.
  void begun(List<Exchange> exchanges, Set<String> channels) throws SQLException {
    if (channels.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      for (Exchange each : exchanges) {
        Optional<PaymentIdentity> identity =
            each.intent()
                .correlation()
                .identity()
                .filter(known -> !known.isUnknown() && channels.contains(known.channel()));
        if (identity.isPresent() && each.intent().movesMoney()) {
          new Binder(insert)
              .text(each.id())
              .text(identity.get().channel())
              .text(identity.get().key())
              .text(identity.get().reference())
              .text(each.intent().provider())
              .text(Money.IN_DOUBT.word())
              .time(each.intent().startedAt())
              .text(each.id())
              .add();
        }
      }
      insert.executeBatch();
    }
  }

  /// Takes note of what attempts came to. What is told again takes back nothing that was learned.
  void ended(List<Outcome> outcomes) throws SQLException {
    Map<Money, List<String>> byMoney = new EnumMap<>(Money.class);
    outcomes.forEach(
        each -> byMoney.computeIfAbsent(each.claimed(), _ -> new ArrayList<>()).add(each.id()));
    for (var each : byMoney.entrySet()) {
      var _ =
          stands(each.getKey())
              ? update(
                  "update payment_claim set money = '%s' where exchange = any(?) and money <> 'succeeded'"
                      .formatted(each.getKey().word()),
                  each.getValue())
              : remove(each.getValue());
    }
  }

  /// Takes note of what doubts came to. That a payment was taken stays, whatever is said later.
  void resolved(List<Resolution> resolutions) throws SQLException {
    List<String> taken = new ArrayList<>();
    List<String> notTaken = new ArrayList<>();
    resolutions.forEach(each -> (stands(each.money()) ? taken : notTaken).add(each.exchange()));
    int _ = update("update payment_claim set money = 'succeeded' where exchange = any(?)", taken);
    int _ =
        update(
            "delete from payment_claim where exchange = any(?) and money <> 'succeeded'", notTaken);
  }

  /// Removes the claims of exchanges, as far as there are any.
  ///
  /// @return how many there were
  int remove(Collection<String> exchanges) throws SQLException {
    return update("delete from payment_claim where exchange = any(?)", exchanges);
  }

  private int update(String sql, Collection<String> exchanges) throws SQLException {
    if (exchanges.isEmpty()) {
      return 0;
    }
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      var _ = new Binder(update).texts(exchanges);
      return update.executeUpdate();
    }
  }

  private static boolean stands(Money money) {
    return switch (money) {
      case IN_DOUBT, PENDING, SUCCEEDED -> true;
      case REJECTED, NOT_SENT, NONE -> false;
    };
  }
}
