package io.tollwatch.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// The embedded database in one file of the data folder. Thread-safe. The URL's settings:
///
/// - `async:`: an interrupt of a reading thread closes an ordinary file channel, and with it the
///   database under everybody's feet; an asynchronous one stays open.
/// - `WRITE_DELAY=0`: a commit is with the operating system when it returns, and so survives a kill
///   of this process. By default acknowledged commits are lost.
/// - `DB_CLOSE_ON_EXIT=FALSE`: the drain decides when the database closes, not a shutdown hook.
/// - `TRACE_LEVEL_FILE=0`: no second file that nobody looks after.
/// - PostgreSQL's mode and lower case: one SQL for both.
final class H2File implements Connections {

  private static final String NAME = "ledger";
  private static final String USER = "tollwatch";
  private static final String SETTINGS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0"
          + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0;CACHE_SIZE=8192";

  private final DataFolder folder;
  private final String url;

  H2File(DataFolder folder) {
    this.folder = folder;
    this.url = "jdbc:h2:async:" + folder.path().resolve(NAME) + SETTINGS;
  }

  @Override
  public Connection open() throws SQLException {
    try {
      folder.createOwnerOnly(file());
    } catch (IOException e) {
      throw new SQLException("the ledger's file can't be made: " + e, e);
    }
    return DriverManager.getConnection(url, USER, "");
  }

  @Override
  public void check() throws SQLException {
    if (!exists()) {
      return;
    }
    try (Connection connection =
        DriverManager.getConnection(url + ";ACCESS_MODE_DATA=r", USER, "")) {
      Schema.check(connection);
    }
  }

  private boolean exists() throws SQLException {
    try {
      return Files.exists(file()) && Files.size(file()) > 0;
    } catch (IOException e) {
      throw new SQLException("the ledger's file can't be read: " + e, e);
    }
  }

  private Path file() {
    return folder.path().resolve(NAME + ".mv.db");
  }
}
