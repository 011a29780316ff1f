package io.tollwatch.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The folder in which everything recorded lies, held by one process at a time, readable by its
/// owner only. Held until closed. Thread-safe, but for closing.
public final class DataFolder implements AutoCloseable {

  private static final String LOCK_FILE = "owner.lock";
  private static final String ADMIN_FILE = "admin.json";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Folders that this process holds. Asked before the lock file is opened: on POSIX systems
  /// closing any channel of a file gives up all locks that the process has on it.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileLock lock;

  private DataFolder(Path path, FileLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /// What came of opening a folder.
  public sealed interface Opening {
    /// It is ours until closed.
    record Opened(DataFolder folder) implements Opening {}

    /// Another process has it, most likely a running sidecar: see [DataFolder#findAdmin].
    ///
    /// @param pid that process, where it is known
    record OwnedByAnother(Path path, OptionalLong pid) implements Opening {}

    /// It can't be used.
    ///
    /// @param reason one sentence for people
    record Unusable(String reason) implements Opening {}
  }

  /// Takes the folder, and makes it if there is none.
  public static Opening open(Path wanted) {
    return open(wanted, DataAccess.ANY);
  }

  /// Takes the folder, unless others may read it who shall not, and makes it if there is none.
  public static Opening open(Path wanted, DataAccess access) {
    Path absolute = wanted.toAbsolutePath().normalize();
    if (absolute.toString().indexOf(';') >= 0) {
      return new Opening.Unusable("the data folder's name has a semicolon: " + absolute);
    }
    try {
      if (!Files.isDirectory(absolute)) {
        Files.createDirectories(absolute, only("rwx------"));
      }
      Path real = absolute.toRealPath();
      String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(real));
      if (access == DataAccess.OWNER_ONLY && !permissions.endsWith("------")) {
        return new Opening.Unusable(
            "others than its owner can read the data folder %s (%s): chmod 700 it, or set data-access: any"
                .formatted(real, permissions));
      }
      return take(real);
    } catch (FileAlreadyExistsException e) {
      return new Opening.Unusable("the data folder is a file: " + e.getMessage());
    } catch (AccessDeniedException e) {
      return new Opening.Unusable("the data folder can't be written: " + e.getMessage());
    } catch (IOException e) {
      return new Opening.Unusable("the data folder can't be used: " + e);
    } catch (UnsupportedOperationException e) {
      return new Opening.Unusable(
          "the data folder's file system knows no owner-only files: " + absolute);
    }
  }

  private static Opening take(Path path) throws IOException {
    if (!HELD.add(path)) {
      return new Opening.OwnedByAnother(path, OptionalLong.of(ProcessHandle.current().pid()));
    }
    boolean opened = false;
    FileChannel channel = null;
    try {
      channel = openLock(path.resolve(LOCK_FILE));
      FileLock lock = channel.tryLock();
      if (lock == null) {
        return new Opening.OwnedByAnother(path, readPid(path.resolve(LOCK_FILE)));
      }
      writePid(channel);
      // of a process that was killed: nobody listens there any more
      Files.deleteIfExists(path.resolve(ADMIN_FILE));
      opened = true;
      return new Opening.Opened(new DataFolder(path, lock));
    } finally {
      if (!opened) {
        HELD.remove(path);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  /// Where it is, absolute and without symbolic links.
  public Path path() {
    return path;
  }

  /// Tells commands how to reach this process, until the folder is closed.
  ///
  /// @throws UncheckedIOException if the file can't be written
  public void publishAdmin(URI address, String token) {
    Path file = path.resolve(ADMIN_FILE);
    Path draft = path.resolve(ADMIN_FILE + ".new");
    try {
      Files.deleteIfExists(draft);
      createOwnerOnly(draft);
      Files.writeString(draft, JSON.writeValueAsString(new AdminAccess(address, token)));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the admin file can't be written: " + file, e);
    }
  }

  /// How to reach the sidecar that holds the folder. Ask after [#open] said that another process
  /// has it; empty if that one has not published anything, or is no sidecar.
  public static Optional<AdminAccess> findAdmin(Path folder) {
    Path file = folder.resolve(ADMIN_FILE);
    try {
      return Files.exists(file)
          ? Optional.of(JSON.readValue(Files.readString(file), AdminAccess.class))
          : Optional.empty();
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  /// Makes an empty file that only its owner can read, unless it is there.
  void createOwnerOnly(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file, only("rw-------"));
    }
  }

  /// Gives the folder up.
  @Override
  public void close() {
    try (FileChannel ignored = lock.channel()) {
      // while the lock is held: later it could be the next owner's file
      Files.deleteIfExists(path.resolve(ADMIN_FILE));
    } catch (IOException e) {
      throw new UncheckedIOException("the data folder did not close well: " + path, e);
    } finally {
      HELD.remove(path);
    }
  }

  private static FileChannel openLock(Path file) throws IOException {
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), only("rw-------"));
  }

  private static void writePid(FileChannel channel) throws IOException {
    String pid = Long.toString(ProcessHandle.current().pid());
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  private static OptionalLong readPid(Path lockFile) throws IOException {
    String pid = Files.readString(lockFile, StandardCharsets.US_ASCII).strip();
    try {
      return OptionalLong.of(Long.parseLong(pid));
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // read between truncating and writing
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> only(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
