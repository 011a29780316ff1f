package io.tollwatch.ledger.journal;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The files in a journal's folder. Thread-safe.
///
/// A segment is `<number>.journal`, or `<number>.spare` while it is prepared and for a moment after
/// it was taken into use: so taking it asks nothing of the file system. A spare that was never used
/// begins with zeros. `damaged/` has the segments that were set aside.
final class SegmentFiles {

  private static final Pattern NAME = Pattern.compile("(0[0-8]\\d{18})\\.(journal|spare)");
  private static final int CHUNK = 1 << 16;

  private final Path folder;
  private final SegmentBytes.Opener opener;

  SegmentFiles(Path folder) {
    this(folder, SegmentBytes::of);
  }

  /// @param opener how segments are opened to be read
  SegmentFiles(Path folder, SegmentBytes.Opener opener) {
    this.folder = folder;
    this.opener = opener;
  }

  /// One of them.
  ///
  /// @param used whether records may be in it
  record Entry(long number, Path path, boolean used) {}

  Path folder() {
    return folder;
  }

  void createFolder() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, only("rwx------"));
    }
  }

  /// All of them by number; none if there is no folder.
  List<Entry> list() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path path : filesIn(folder)) {
      Matcher name = NAME.matcher(path.getFileName().toString());
      if (name.matches()) {
        boolean used = name.group(2).equals("journal") || isUsed(path);
        entries.add(new Entry(Long.parseLong(name.group(1)), path, used));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::number));
    return entries;
  }

  /// Those that records may be in.
  List<Entry> listUsed() throws IOException {
    return list().stream().filter(Entry::used).toList();
  }

  /// The highest number that any segment has or had, also of those set aside; 0 if there is none.
  long highestNumber() throws IOException {
    long highest = 0;
    for (Entry entry : listUsed()) {
      highest = Math.max(highest, entry.number());
    }
    for (Path path : filesIn(damagedFolder())) {
      Matcher name = NAME.matcher(path.getFileName().toString());
      if (name.matches()) {
        highest = Math.max(highest, Long.parseLong(name.group(1)));
      }
    }
    return highest;
  }

  /// What all of them take, those prepared ahead included.
  long bytes() throws IOException {
    long bytes = 0;
    for (Entry entry : list()) {
      File file = entry.path().toFile();
      bytes += file.length(); // 0 if it has gone meanwhile
    }
    return bytes;
  }

  /// The first header, from the newest segment on, that a condition holds for.
  Optional<Found> findHeader(Predicate<SegmentHeader> wanted) throws IOException {
    for (Entry entry : listUsed().reversed()) {
      Optional<SegmentHeader> header = headerOf(entry.path()).filter(wanted);
      if (header.isPresent()) {
        return Optional.of(new Found(entry.path(), header.get()));
      }
    }
    return Optional.empty();
  }

  /// A header and the file that has it.
  record Found(Path path, SegmentHeader header) {}

  /// The file's header, or the copy at its end.
  private Optional<SegmentHeader> headerOf(Path file) throws IOException {
    try (SegmentBytes bytes = opener.open(file)) {
      Optional<SegmentHeader> first = headerAt(bytes, 0);
      return first.isPresent() ? first : copyOfHeader(bytes);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// Opens a segment to be read, under the name that it has now.
  SegmentBytes open(long number) throws IOException {
    return opener.open(currentPath(number));
  }

  /// The copy of the header at the end of the file.
  static Optional<SegmentHeader> copyOfHeader(SegmentBytes bytes) throws IOException {
    return headerAt(bytes, Math.max(0, bytes.size() - Format.HEADER_BYTES));
  }

  /// The header there; empty if there is none, or none that the disk can read.
  static Optional<SegmentHeader> headerAt(SegmentBytes bytes, long offset) throws IOException {
    try {
      return SegmentHeader.decode(bytesAt(bytes, offset, Format.HEADER_BYTES));
    } catch (ClosedChannelException e) {
      throw e; // by an interrupt, say: nothing is wrong with the disk
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// The segment's file under the name that it has now; it may get its lasting one any time, so the
  /// other is looked for first.
  Optional<Path> find(long number) {
    return Stream.of(spare(number), journal(number)).filter(Files::exists).findFirst();
  }

  /// The same, or its lasting name if it is not there.
  Path currentPath(long number) {
    return find(number).orElse(journal(number));
  }

  boolean isSetAside(long number) {
    return Files.exists(damagedFolder().resolve(journal(number).getFileName()));
  }

  /// Makes the file for a segment to be prepared.
  FileChannel createSpare(long number) throws IOException {
    Files.deleteIfExists(spare(number));
    return FileChannel.open(
        spare(number),
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
        only("rw-------"));
  }

  void deleteSpare(long number) throws IOException {
    Files.deleteIfExists(spare(number));
  }

  /// Gives a segment that is in use its lasting name, if it has it not yet.
  void nameUsed(long number) throws IOException {
    if (Files.exists(spare(number))) {
      Files.move(spare(number), journal(number), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /// Moves it to the damaged ones.
  void setAside(long number) throws IOException {
    Path file = find(number).orElseThrow(() -> new NoSuchFileException(journal(number).toString()));
    if (!Files.isDirectory(damagedFolder())) {
      Files.createDirectory(damagedFolder(), only("rwx------"));
    }
    Files.move(file, damagedFolder().resolve(journal(number).getFileName()));
  }

  /// Whether it was there.
  boolean delete(long number) throws IOException {
    boolean spare = Files.deleteIfExists(spare(number));
    return Files.deleteIfExists(journal(number)) || spare;
  }

  /// Makes names in the folder survive a loss of power.
  void forceFolder() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Some bytes, fewer if the file is shorter.
  private static byte[] bytesAt(SegmentBytes from, long offset, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining() && from.read(buffer, offset + buffer.position()) >= 0) {
      // a read may bring less than there is
    }
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }

  /// Whether the process ended while it wrote the header, before there was any record: some of the
  /// header's bytes are those of its copy, which is written first, and the others are zeros.
  static boolean isBeingBegun(SegmentBytes bytes) throws IOException {
    long end = bytes.size() - Format.HEADER_BYTES;
    if (end < 2L * Format.HEADER_BYTES) {
      return false;
    }
    try {
      byte[] first = bytesAt(bytes, 0, Format.HEADER_BYTES);
      byte[] copy = bytesAt(bytes, end, Format.HEADER_BYTES);
      return IntStream.range(0, first.length).allMatch(i -> first[i] == 0 || first[i] == copy[i])
          && isZeros(bytes, Format.HEADER_BYTES, end);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      return false; // the disk can't read it: that is damage
    }
  }

  private static boolean isZeros(SegmentBytes bytes, long from, long to) throws IOException {
    for (long at = from; at < to; at += CHUNK) {
      byte[] part = bytesAt(bytes, at, (int) Math.min(CHUNK, to - at));
      if (!Arrays.equals(part, new byte[part.length])) {
        return false;
      }
    }
    return true;
  }

  private boolean isUsed(Path spare) throws IOException {
    try (SegmentBytes bytes = opener.open(spare)) {
      return beginsWithMoreThanZeros(bytes);
    } catch (NoSuchFileException e) {
      return true; // named anew since it was listed: now it is in use
    }
  }

  private static boolean beginsWithMoreThanZeros(SegmentBytes bytes) throws IOException {
    try {
      for (byte each : bytesAt(bytes, 0, Format.HEADER_BYTES)) {
        if (each != 0) {
          return true;
        }
      }
      return false;
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      return true; // the disk can't read it: who knows what is in it
    }
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private Path damagedFolder() {
    return folder.resolve("damaged");
  }

  private Path journal(long number) {
    return folder.resolve("%020d.journal".formatted(number));
  }

  private Path spare(long number) {
    return folder.resolve("%020d.spare".formatted(number));
  }

  private static FileAttribute<Set<PosixFilePermission>> only(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
