package io.tollwatch.ledger.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tollwatch.exchange.Rejudgement;
import io.tollwatch.ledger.store.Batch.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The index of everything recorded. Made without connecting: the first call that needs the
/// database opens it and brings its schema up to date. Trouble with that comes again with each call
/// until it is over, as a [SQLException] whose message is one sentence. Thread-safe; one thread
/// feeds, any number read.
public final class Store implements AutoCloseable {

  /// The journal of exchanges that came without one.
  public static final UUID NO_JOURNAL = new UUID(0, 0);

  /// Four may be held by people's readers, who rest with them in hand ([Pace]): the others are for
  /// the feeder and for what calls ask.
  private static final int CONNECTIONS = 8;

  private static final int CLAIM_CONNECTIONS = 8;
  private static final int SCHEDULE_CONNECTIONS = 4;
  private static final long CONNECTION_WAIT_MILLIS = 5_000;

  private final Database database;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable HikariDataSource pool;
  private volatile @Nullable HikariDataSource claimPool;
  private @Nullable HikariDataSource schedulePool;
  private volatile Set<String> sharedChannels = Set.of();
  private boolean closed;

  private Store(Database database) {
    this.database = database;
  }

  /// The store in a file of a folder that this process owns.
  public static Store embedded(Path folder) {
    return new Store(H2File.in(folder));
  }

  /// The store in a PostgreSQL server.
  ///
  /// @param login empty if the server lets the operating system's user in
  public static Store postgres(PostgresUrl url, Optional<Credentials> login) {
    return new Store(new PostgresServer(url, login));
  }

  /// Makes the store ready for use, if it is not.
  public void open() throws SQLException {
    var _ = pool();
  }

  /// How many exchanges a batch best has.
  public int batch() {
    return database.batch();
  }

  /// Writes all of the batch and the feeder's position in one transaction, or nothing. What is
  /// there already is left as it is, so a batch of unknown fate is simply fed again; the first
  /// outcome of an exchange stays.
  public Fed feed(Batch batch) throws SQLException {
    try (Connection connection = connect()) {
      return new Ingest(connection, database, sharedChannels).feed(batch);
    }
  }

  /// How far that feeder was when its last batch was kept; empty if none ever was.
  public Optional<Position> position(UUID journal) throws SQLException {
    try (Connection connection = connect()) {
      return Journals.position(connection, journal);
    }
  }

  /// Settles what has no outcome and started before that time as unfinished: its process died, and
  /// nobody saw its end. Goes in small steps.
  ///
  /// @param journal whose exchanges
  /// @return how many there were
  public int settleUnfinished(UUID journal, Instant before) throws SQLException {
    try (Connection connection = connect()) {
      return new Settling(connection, journal, before).run();
    }
  }

  /// Keeps what judging again came to, all of it or nothing; see [Rejudgement]. Exchanges that are
  /// not there are passed over, and so is what was kept already.
  ///
  /// @return how many were kept
  /// @throws UncheckedIOException if the database fails
  public int keep(List<Rejudgement> rejudgements) {
    try (Connection connection = connect()) {
      return new Rejudgements(connection).keep(rejudgements);
    } catch (SQLException e) {
      throw new UncheckedIOException(
          new IOException("verdicts can't be kept: " + e.getMessage(), e));
    }
  }

  /// Reads what is written. Works until the store is closed, with which it need not be closed.
  public ExchangeReader reader() {
    return new ExchangeReader(this, false);
  }

  /// Answers what reports ask.
  public ReportReader reports() {
    return new ReportReader(this);
  }

  /// Keeps incidents.
  public IncidentShelf incidents() {
    return new IncidentShelf(this);
  }

  /// Forgets what shall not be kept longer.
  public Retention retention() {
    return new Retention(this);
  }

  /// Claims of payments in channels that several sidecars serve. Of no use in a database that one
  /// process has alone.
  public Claims claims() {
    return new Claims(this);
  }

  /// What sidecars tell one another of checks.
  public CheckNotes checks() {
    return new CheckNotes(this);
  }

  /// What checks of all sidecars took.
  public TestMoneyRows testMoney() {
    return new TestMoneyRows(this);
  }

  /// Connections for the scheduler of checks, closed with the store.
  ///
  /// @throws UncheckedIOException if the database can't be opened
  public DataSource schedules() {
    try {
      open();
      return schedulePool();
    } catch (SQLException e) {
      throw Question.unread(e);
    }
  }

  private DataSource schedulePool() throws SQLException {
    lock.lock();
    try {
      if (closed) {
        throw new SQLException("the ledger is closed");
      }
      if (schedulePool == null) {
        HikariConfig config = database.pool();
        config.setPoolName("tollwatch-schedules");
        config.setMaximumPoolSize(SCHEDULE_CONNECTIONS);
        config.setConnectionTimeout(CONNECTION_WAIT_MILLIS);
        config.setInitializationFailTimeout(-1); // trouble comes with the first question
        schedulePool = new HikariDataSource(config);
      }
      return schedulePool;
    } finally {
      lock.unlock();
    }
  }

  /// Which channels several sidecars serve: what is fed of their payments stands among the claims,
  /// also where it could not be claimed before it was sent.
  public void share(Set<String> channels) {
    sharedChannels = Set.copyOf(channels);
  }

  /// Whether several sidecars serve that channel.
  boolean isShared(String channel) {
    return sharedChannels.contains(channel);
  }

  /// A connection for a claim, which the caller closes. Never opens the database, which may take
  /// longer than a caller waits.
  Connection claiming() throws SQLException {
    HikariDataSource opened = claimPool;
    if (opened == null) {
      throw new SQLException("the shared ledger is not open");
    }
    try {
      return opened.getConnection();
    } catch (SQLException e) {
      throw told(e);
    }
  }

  /// A connection of the pool, which the caller closes.
  Connection connect() throws SQLException {
    try {
      return pool().getConnection();
    } catch (SQLException e) {
      throw told(e);
    }
  }

  Database database() {
    return database;
  }

  private DataSource pool() throws SQLException {
    lock.lock();
    try {
      if (closed) {
        throw new SQLException("the ledger is closed");
      }
      if (pool == null) {
        pool = prepare();
        claimPool = database.claimPool().map(Store::claimPool).orElse(null);
      }
      return pool;
    } catch (RuntimeException e) {
      throw new SQLException("the ledger can't be read: " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  private HikariDataSource prepare() throws SQLException {
    Optional<DataSource> before = database.forLooking();
    if (before.isEmpty() || !Schema.isCurrent(before.get())) {
      database.bringUp(Schema::migrate);
    }
    HikariConfig config = database.pool();
    config.setPoolName("tollwatch-ledger");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(CONNECTION_WAIT_MILLIS);
    config.setInitializationFailTimeout(-1); // never waits: trouble comes with the first question
    HikariDataSource made = new HikariDataSource(config);
    try (Connection connection = made.getConnection()) {
      OldRows.carryOver(connection);
      return made;
    } catch (SQLException | RuntimeException e) {
      made.close();
      throw e;
    }
  }

  private static HikariDataSource claimPool(HikariConfig config) {
    config.setPoolName("tollwatch-claims");
    config.setMaximumPoolSize(CLAIM_CONNECTIONS);
    config.setInitializationFailTimeout(-1); // trouble comes with the first question
    return new HikariDataSource(config);
  }

  /// The pool says that none came in time; its cause says why.
  private static SQLException told(SQLException e) {
    return e.getCause() instanceof SQLException why
        ? new SQLException(why.getMessage(), why.getSQLState(), e)
        : e;
  }

  /// Closes the database. Closing again does no harm.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true; // the folder may have another owner soon
      if (pool != null) {
        pool.close();
        pool = null;
      }
      HikariDataSource claims = claimPool;
      if (claims != null) {
        claims.close();
        claimPool = null;
      }
      if (schedulePool != null) {
        schedulePool.close();
        schedulePool = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
