package io.tollwatch.proxy.config;

import io.tollwatch.document.Section;
import io.tollwatch.ledger.journal.Durability;
import io.tollwatch.ledger.store.PostgresUrl;
import java.util.Optional;

/// Reads the ledger's settings. Confined to one reading.
final class LedgerBinder {

  private final References references;

  LedgerBinder(References references) {
    this.references = references;
  }

  LedgerConfig bind(Section section) {
    LedgerConfig defaults = LedgerConfig.defaults();
    Optional<PostgresUrl> url = url(section);
    for (String key : new String[] {"user", "password"}) {
      if (section.has(key) && !section.has("url")) {
        section.wrongKey(
            key, " is for a database that no url names", "set ledger.url, or remove it");
      }
    }
    return new LedgerConfig(
        section.flag("strict", defaults.strict()),
        section.choice("durability", Durability.class, defaults.durability()),
        url,
        section.text("user"),
        references.secret(section, "password"),
        section.duration("max-age"),
        section.duration("bodies-max-age"),
        section.size("max-size"),
        journal(section.section("journal")));
  }

  private static Optional<PostgresUrl> url(Section section) {
    Optional<String> text = section.text("url");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return switch (PostgresUrl.parse(text.get())) {
      case PostgresUrl.Parsed.Right right -> Optional.of(right.url());
      case PostgresUrl.Parsed.Wrong wrong -> {
        section.wrong(
            "url",
            " " + wrong.reason(),
            "write jdbc:postgresql://HOST:PORT/DATABASE; user and password have keys of their own");
        yield Optional.empty();
      }
    };
  }

  private static JournalConfig journal(Section section) {
    JournalConfig defaults = JournalConfig.defaults();
    return new JournalConfig(
        section.size("max-size").orElse(defaults.maxSize()),
        section.duration("keep-age", defaults.keepAge()),
        section.size("keep-size").orElse(defaults.keepSize()));
  }
}
