package io.tollwatch.proxy.events;

import io.tollwatch.exchange.Resolution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far the service was told, in a file of the data folder. Where there is none, it begins with
/// what is learned since this was made. Confined to one thread.
final class Told {

  private static final String FILE = "events-told";

  private final Path file;
  private final Instant began;
  private @Nullable Position last;

  /// The last event that was taken.
  record Position(Instant at, String exchange) {}

  Told(Path folder, Instant began) {
    this.file = folder.resolve(FILE);
    this.began = began;
  }

  /// @throws UncheckedIOException if the disk fails
  Position last() {
    Position known = last;
    if (known == null) {
      known = Files.exists(file) ? read() : write(new Position(began, ""));
      last = known;
    }
    return known;
  }

  /// @throws UncheckedIOException if the disk fails: the event is then told again
  void advance(Resolution told) {
    last = write(new Position(told.at().truncatedTo(ChronoUnit.MICROS), told.exchange()));
  }

  private Position read() {
    try {
      List<String> words = List.of(Files.readString(file).strip().split(" ", 2));
      return new Position(Instant.parse(words.getFirst()), words.size() > 1 ? words.get(1) : "");
    } catch (DateTimeException e) {
      return write(new Position(began, "")); // cut by a full disk
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Position write(Position position) {
    try {
      Path fresh = file.resolveSibling(FILE + ".new");
      Files.writeString(fresh, position.at() + " " + position.exchange());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return position;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
