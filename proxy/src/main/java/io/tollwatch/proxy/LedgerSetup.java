package io.tollwatch.proxy;

import io.tollwatch.document.SizeText;
import io.tollwatch.ledger.DataFolder;
import io.tollwatch.ledger.LedgerSettings;
import io.tollwatch.ledger.journal.JournalSettings;
import io.tollwatch.ledger.store.Credentials;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.proxy.config.JournalConfig;
import io.tollwatch.proxy.config.LedgerConfig;
import io.tollwatch.proxy.config.Secret;

/// Turns the ledger's configuration into what the ledger is opened with. Stateless.
public final class LedgerSetup {

  private LedgerSetup() {}

  /// The store that a configuration names. Connects to nothing yet.
  public static Store store(DataFolder folder, LedgerConfig config) {
    return config
        .url()
        .map(url ->
            Store.postgres(
                url,
                config
                    .user()
                    .map(user ->
                        new Credentials(user, config.password().map(Secret::reveal).orElse("")))))
        .orElseGet(() -> Store.embedded(folder.path()));
  }

  static LedgerSettings settings(LedgerConfig config) {
    JournalConfig journal = config.journal();
    return LedgerSettings.defaults()
        .withJournal(
            JournalSettings.defaults()
                .withMaxBytes(journal.maxSize().bytes())
                .withDurability(config.durability()))
        .withJournalKept(journal.keepAge(), journal.keepSize().bytes());
  }

  /// How long the store keeps what.
  static LedgerSettings.Keeping keeping(LedgerConfig config) {
    return new LedgerSettings.Keeping(
        config.maxAge(), config.bodiesMaxAge(), config.maxSize().map(SizeText::bytes));
  }
}
