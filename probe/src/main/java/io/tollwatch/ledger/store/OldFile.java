package io.tollwatch.ledger.store;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.Entry;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.ledger.store.Batch.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/// A database file that was set aside so that a new one can take its place. It is never changed and
/// never deleted. Immutable.
public record OldFile(Path file) {

  private static final int PAGE = 500;
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'ledger-'yyyyMMdd'T'HHmmss.SSS'Z.mv.db'")
          .withZone(ZoneOffset.UTC);
  private static final String ROWS =
      "select "
          + DetailRow.COLUMNS
          + """
          , j.id, e.no from exchange e join exchange_detail d on d.no = e.no
            join journal j on j.no = e.journal left join exchange_body b on b.no = e.no
          where e.no > ? order by e.no limit ?
          """;

  /// Sets the folder's database file aside, under a name with that time. No store may have it open.
  ///
  /// @return empty if there is none
  /// @throws UncheckedIOException if it can't be moved
  public static Optional<OldFile> setAside(Path folder, Instant at) {
    Path present = H2File.in(folder).file();
    if (!Files.exists(present)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new OldFile(Files.move(present, folder.resolve(NAME.format(at)))));
    } catch (IOException e) {
      throw new UncheckedIOException("the ledger's file can't be set aside: " + present, e);
    }
  }

  /// What came of copying.
  ///
  /// @param read how many exchanges could be read
  /// @param trouble why no more; empty if all could
  public record Copied(long read, Optional<String> trouble) {}

  /// Copies the exchanges that the store does not have, and the outcomes that it lacks, as far as
  /// the old file can be read. Feeders' positions stay as they are.
  public Copied copyTo(Store store) {
    long read = 0;
    try {
      Optional<DataSource> source = new H2File(file).forLooking();
      if (source.isEmpty()) {
        return new Copied(0, Optional.empty());
      }
      try (Connection connection = source.get().getConnection()) {
        for (Page page = page(connection, 0);
            page.size() > 0;
            page = page(connection, page.last())) {
          for (Map.Entry<UUID, List<Exchange>> each : page.byJournal().entrySet()) {
            store.feed(new Batch(each.getKey(), each.getValue(), List.of(), new Position(0, 0)));
          }
          read += page.size();
        }
        copyNotes(connection, store);
      }
      return new Copied(read, Optional.empty());
    } catch (SQLException | RuntimeException e) {
      return new Copied(read, Optional.of(String.valueOf(e.getMessage())));
    }
  }

  /// Files of older schemas have none.
  private static void copyNotes(Connection connection, Store store) throws SQLException {
    List<Resolution> resolutions = notes(connection, "resolution", Resolution.class);
    List<BreakerChange> changes = notes(connection, "breaker_change", BreakerChange.class);
    store.feed(
        new Batch(
            Store.NO_JOURNAL, List.of(), List.of(), resolutions, changes, new Position(0, 0)));
  }

  private static <T extends Entry> List<T> notes(Connection connection, String table, Class<T> type)
      throws SQLException {
    List<T> notes = new ArrayList<>();
    if (!Schema.has(connection, table)) {
      return notes;
    }
    try (PreparedStatement select = connection.prepareStatement("select document from " + table);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        notes.add(ExchangeJson.entry(row.getBytes(1), type));
      }
    }
    return notes;
  }

  private static Page page(Connection connection, long after) throws SQLException {
    Map<UUID, List<Exchange>> found = new LinkedHashMap<>();
    long last = after;
    int size = 0;
    try (PreparedStatement select = connection.prepareStatement(ROWS)) {
      select.setLong(1, after);
      select.setInt(2, PAGE);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found
              .computeIfAbsent(row.getObject(5, UUID.class), _ -> new ArrayList<>())
              .add(DetailRow.exchange(row));
          last = row.getLong(6);
          size++;
        }
      }
    }
    return new Page(found, last, size);
  }

  private record Page(Map<UUID, List<Exchange>> byJournal, long last, int size) {}
}
