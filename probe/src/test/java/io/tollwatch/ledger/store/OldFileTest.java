package io.tollwatch.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.Samples;
import io.tollwatch.ledger.store.Batch.Position;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldFileTest {

  private static final UUID JOURNAL = new UUID(1, 2);

  @TempDir private Path temp;

  private static Exchange lost(int number) {
    return new Exchange(Samples.pay(number), Optional.of(Samples.lost(number)));
  }

  private static Batch batch(long offset, Exchange... exchanges) {
    return new Batch(JOURNAL, List.of(exchanges), List.of(), new Position(0, offset));
  }

  @Test
  void whatOnlyTheOldFileHasIsCopied() throws SQLException {
    try (Store old = Store.embedded(temp)) {
      old.feed(batch(5, lost(1), lost(2), new Exchange(Samples.pay(3), Optional.empty())));
    }

    OldFile aside = OldFile.setAside(temp, Samples.START).orElseThrow();

    assertThat(aside.file().getFileName()).hasToString("ledger-20260301T100000.123Z.mv.db");
    try (Store store = Store.embedded(temp)) {
      store.feed(batch(2, new Exchange(Samples.pay(2), Optional.of(Samples.succeeded(2)))));
      assertThat(aside.copyTo(store)).isEqualTo(new OldFile.Copied(3, Optional.empty()));

      assertThat(store.reader().find(ExchangeQuery.of()))
          .containsExactly(
              new Exchange(Samples.pay(3), Optional.empty()),
              new Exchange(Samples.pay(2), Optional.of(Samples.succeeded(2))),
              lost(1));
      assertThat(store.position(JOURNAL)).contains(new Position(0, 2));
    }
    assertThat(aside.file()).exists();
  }

  @Test
  void aFileThatCantBeReadIsSaidAndKept() throws Exception {
    byte[] junk = "this is no database ".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    Files.write(temp.resolve("ledger.mv.db"), junk);
    OldFile aside = OldFile.setAside(temp, Samples.START).orElseThrow();

    try (Store store = Store.embedded(temp)) {
      OldFile.Copied copied = aside.copyTo(store);

      assertThat(copied.read()).isZero();
      assertThat(copied.trouble()).isPresent();
      assertThat(store.reader().find(ExchangeQuery.of())).isEmpty();
    }
    assertThat(aside.file()).hasBinaryContent(junk);
  }

  @Test
  void withoutAFileNothingIsSetAside() {
    assertThat(OldFile.setAside(temp, Samples.START)).isEmpty();
  }
}
