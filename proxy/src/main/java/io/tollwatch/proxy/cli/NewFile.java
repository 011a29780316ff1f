package io.tollwatch.proxy.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// A file that is there whole or not at all: written beside its place and moved there when all of
/// it is on the disk. Readable by its owner only, who may give it away. Immutable.
///
/// @param replace whether it may take the place of another one
record NewFile(Path path, boolean replace) {

  private static final int BUFFER = 1 << 16;

  /// Writes text into it.
  void write(Writing writing) throws UsageException, CommandFailed {
    writeBytes(bytes -> {
      Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
      writing.to(out);
      out.flush();
    });
  }

  /// Writes bytes into it.
  void writeBytes(Bytes writing) throws UsageException, CommandFailed {
    check();
    Path part = part();
    try {
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER)) {
        writing.to(out);
        out.flush();
        channel.force(true);
      }
      move(part);
    } catch (FileAlreadyExistsException e) {
      throw exists();
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailed(path + " can't be written: " + e.getMessage());
    } finally {
      delete(part);
    }
  }

  private void check() throws UsageException {
    if (Files.isDirectory(path)) {
      throw new UsageException(path + " is a folder; -o wants a file");
    }
    if (!replace && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw exists();
    }
  }

  private UsageException exists() {
    return new UsageException(path + " is there already; --force replaces it");
  }

  private Path part() throws CommandFailed {
    Path folder = Objects.requireNonNullElse(path.toAbsolutePath().getParent(), Path.of("/"));
    try {
      return Files.createTempFile(folder, "." + path.getFileName() + ".", ".part");
    } catch (IOException e) {
      throw new CommandFailed("no file can be made in " + folder + ": " + e.getMessage());
    }
  }

  private void move(Path part) throws IOException {
    if (replace) {
      Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.move(part, path);
    }
  }

  private static void delete(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // it lies there under a name that says what it is
    }
  }

  /// Writes what stands in it.
  @FunctionalInterface
  interface Bytes {
    void to(OutputStream out) throws IOException, UsageException, CommandFailed;
  }

  /// Writes what stands in it as text.
  @FunctionalInterface
  interface Writing {
    void to(Writer out) throws IOException, UsageException, CommandFailed;
  }
}
