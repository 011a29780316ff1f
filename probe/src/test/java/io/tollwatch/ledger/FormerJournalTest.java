package io.tollwatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.store.ExchangeQuery;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.taxonomy.Money;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Segments as they were written when their format was new, kept as files: whatever changes, they
/// must be read. A new format adds a file here and leaves these alone.
///
/// That of format 1 has one exchange that was declined, one that still ran when its process was
/// killed, and behind it zeros.
class FormerJournalTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path temp;

  @Test
  void readsFormatOne() throws Exception {
    unpack("journal-format-1.gz", "00000000000000000001.journal");

    try (DataFolder folder = folder();
        JournaledLedger ledger = start(folder)) {
      assertThat(ledger.flush(LIMIT)).isTrue();

      List<Exchange> all = ledger.reader().find(ExchangeQuery.of());
      assertThat(all).extracting(Exchange::id).containsExactly(Samples.id(2), Samples.id(1));
      assertThat(all.getLast().intent())
          .usingRecursiveComparison()
          .ignoringFields("duplicateOf") // came later
          .isEqualTo(Samples.pay(1));
      assertThat(all.getLast().intent().duplicateOf()).isEmpty();
      assertThat(all.getLast().outcome()).contains(Samples.declined(1, "no_funds"));
      assertThat(all.getFirst().outcome().orElseThrow().verdict().money())
          .isEqualTo(Money.IN_DOUBT);
      assertThat(ledger.state().lastDamage()).isEmpty();
    }
  }

  private DataFolder folder() {
    return ((DataFolder.Opening.Opened) DataFolder.open(temp)).folder();
  }

  private JournaledLedger start(DataFolder folder) {
    return JournaledLedger.open(
        folder,
        Store.embedded(temp),
        LedgerSettings.defaults(),
        InstantSource.fixed(Samples.START),
        System::nanoTime);
  }

  private void unpack(String resource, String segment) throws IOException {
    Path journal = Files.createDirectory(temp.resolve(JournaledLedger.JOURNAL));
    try (InputStream packed =
            new GZIPInputStream(
                Objects.requireNonNull(FormerJournalTest.class.getResourceAsStream(resource)));
        OutputStream file = Files.newOutputStream(journal.resolve(segment))) {
      packed.transferTo(file);
    }
  }
}
