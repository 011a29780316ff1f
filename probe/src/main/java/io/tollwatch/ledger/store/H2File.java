package io.tollwatch.ledger.store;

import com.zaxxer.hikari.HikariConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/// The embedded database in one file, which only its owner can read. Thread-safe. The URL's
/// settings:
///
/// - `retry:`: an interrupt of a reading thread closes the file's channel, and with it the database
///   under everybody's feet; this opens the file again. (`async:` does without, but hands each page
///   to another thread: reports took twice the time.)
/// - `WRITE_DELAY=0`: a commit is with the operating system when it returns, and so survives a kill
///   of this process. By default acknowledged commits are lost.
/// - `DB_CLOSE_ON_EXIT=FALSE`: the drain decides when the database closes, not a shutdown hook.
/// - `TRACE_LEVEL_FILE=0`: no second file that nobody looks after.
/// - no `COMPRESS`: a third would be written, for twice the time of a batch and of a report.
/// - `LAZY_QUERY_EXECUTION=1`: rows come as they are read, not all into memory first.
/// - `CACHE_SIZE=2048`: rows pass through it as they are written, and with more they only die
///   later, among the old. Batches and reports take as long with 8 MiB; a search by reference in
///   700,000 exchanges takes twice as long, some 20 ms.
/// - `QUERY_CACHE_SIZE=64`: a batch alone has more statements than the 8 that are kept by default,
///   and each would be parsed again.
/// - PostgreSQL's mode and lower case: one SQL for both.
record H2File(Path file) implements Database {

  private static final String SUFFIX = ".mv.db";
  private static final String UNFINISHED = "ledger-unfinished" + SUFFIX;
  private static final String USER = "tollwatch";
  private static final String SETTINGS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0"
          + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0;CACHE_SIZE=2048"
          + ";LAZY_QUERY_EXECUTION=1;QUERY_CACHE_SIZE=64";
  private static final String READ_ONLY = ";ACCESS_MODE_DATA=r";

  static {
    // H2 keeps values to share them and hashes each for that, whole documents too: a fifth of the
    // time of a batch. It reads this when its first class loads
    if (System.getProperty("h2.objectCache") == null) {
      System.setProperty("h2.objectCache", "false");
    }
  }

  /// The file in a folder.
  static H2File in(Path folder) {
    return new H2File(folder.resolve("ledger" + SUFFIX));
  }

  @Override
  public Optional<DataSource> forLooking() throws SQLException {
    try {
      return Files.exists(file) && Files.size(file) > 0
          ? Optional.of(source(url() + READ_ONLY))
          : Optional.empty();
    } catch (IOException e) {
      throw new SQLException("the ledger's file can't be read: " + e, e);
    }
  }

  @Override
  public DataSource forMigrating() throws SQLException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      // of an earlier run
    } catch (IOException e) {
      throw new SQLException("the ledger's file can't be made: " + e, e);
    }
    return source(url());
  }

  /// H2 commits each statement that changes a schema by itself: a step that was cut can neither be
  /// taken again nor undone. So they are taken in a file with another name, new or a copy, that
  /// gets its own when whole. Where the disk is too full for a copy they are taken in place: the
  /// journal needs that room more.
  @Override
  public void bringUp(Steps steps) throws SQLException {
    H2File unfinished = new H2File(file.resolveSibling(UNFINISHED));
    try {
      Files.deleteIfExists(unfinished.file);
      boolean old = forLooking().isPresent();
      if (old && !hasRoomForCopy()) {
        steps.take(forMigrating());
        return;
      }
      DataSource next = unfinished.forMigrating();
      if (old) {
        copyTo(unfinished.file);
      }
      steps.take(next);
      force(unfinished.file);
      Files.move(unfinished.file, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new SQLException("the ledger's file can't be made: " + e, e);
    }
  }

  private boolean hasRoomForCopy() throws IOException {
    return Files.getFileStore(file).getUsableSpace() / 2 > Files.size(file);
  }

  /// Into a file that is there, as only its owner can read it.
  private void copyTo(Path there) throws IOException {
    try (OutputStream copy = Files.newOutputStream(there)) {
      Files.copy(file, copy);
    }
  }

  /// What a name is given to must be on the disk first.
  private static void force(Path there) throws IOException {
    try (FileChannel channel = FileChannel.open(there, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  @Override
  public HikariConfig pool() {
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(source(url()));
    // the database closes with its last connection and opens with the first: one stays
    pool.setMinimumIdle(1);
    pool.setMaxLifetime(0);
    return pool;
  }

  @Override
  public Optional<HikariConfig> claimPool() {
    return Optional.empty();
  }

  @Override
  public void rest(Connection connection, int millis) throws SQLException {
    try (Statement throttle = connection.createStatement()) {
      throttle.execute("set throttle " + millis);
    }
  }

  /// Larger ones outlive a young collection, and some pages are written twice.
  @Override
  public int batch() {
    return 500;
  }

  @Override
  public Rows rows(Table table, Connection connection) throws SQLException {
    return BatchedRows.into(table, connection);
  }

  @Override
  public String text(String column) {
    return "cast(" + column + " as character varying)";
  }

  /// Its function `disk_space_used` reads all pages: minutes for millions of rows. The part of the
  /// file that is in use is known, and all tables in it are ours.
  @Override
  public String sizeOfRows(List<String> tables) {
    return """
    select max(case when setting_name = 'info.FILE_SIZE' then cast(setting_value as bigint) end)
      * max(case when setting_name = 'info.CHUNKS_FILL_RATE'
        then cast(setting_value as bigint) end) / 100
    from information_schema.settings
    """;
  }

  private static DataSource source(String url) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(url);
    source.setUser(USER);
    source.setPassword("");
    return source;
  }

  private String url() {
    String path = file.toString();
    return "jdbc:h2:retry:" + path.substring(0, path.length() - SUFFIX.length()) + SETTINGS;
  }
}
