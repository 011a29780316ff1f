package io.tollwatch.proxy.config;

import io.tollwatch.document.SizeText;
import io.tollwatch.ledger.journal.Durability;
import io.tollwatch.ledger.store.PostgresUrl;
import java.time.Duration;
import java.util.Optional;

/// Where what is recorded is kept, how safely and for how long. Immutable.
///
/// @param strict whether calls that can't be recorded are refused, rather than made and counted;
///   default false
/// @param durability what a record survives: the end of this process, or of the machine; default
///   page_cache
/// @param url of a PostgreSQL database that several sidecars may share; default none, the embedded
///   database in the data folder
/// @param user of that database; default none
/// @param password of that database; default none
/// @param maxAge age at which exchanges are removed; default none, from 1h to 3650d
/// @param bodiesMaxAge age at which their bodies are; default none, from 1h to 3650d
/// @param maxSize size of the store above which the oldest exchanges are removed; default none,
///   from 64MiB to 1024GiB
/// @param journal how much the journal may hold
public record LedgerConfig(
    boolean strict,
    Durability durability,
    Optional<PostgresUrl> url,
    Optional<String> user,
    Optional<Secret> password,
    Optional<Duration> maxAge,
    Optional<Duration> bodiesMaxAge,
    Optional<SizeText> maxSize,
    JournalConfig journal) {

  /// The settings where no file says otherwise.
  public static LedgerConfig defaults() {
    return new LedgerConfig(
        false,
        Durability.PAGE_CACHE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        JournalConfig.defaults());
  }
}
