package io.tollwatch.dispatch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/// A secret key under which fingerprints are made that are kept. Immutable; does not show itself.
public final class JoinKey {

  /// The key's file in a data folder.
  public static final String FILE = "join.key";

  private static final int BYTES = 32;
  private static final int MAX_BYTES = 4096;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final byte[] key;

  private JoinKey(byte[] key) {
    this.key = key.clone();
  }

  /// What came of looking for a key.
  public sealed interface Opening {
    /// It is there.
    record Ready(JoinKey key) implements Opening {}

    /// There was none and the disk refused to take a new one. This one is good until the process
    /// ends: what it joins is joined with nothing of another run.
    ///
    /// @param reason one sentence for people
    record Passing(JoinKey key, String reason) implements Opening {}

    /// It can't be used.
    ///
    /// @param reason one sentence for people
    record Unusable(String reason) implements Opening {}
  }

  /// A key from a secret that somebody gave.
  ///
  /// @param secret of at least 32 bytes
  public static Opening of(byte[] secret) {
    return secret.length < BYTES
        ? new Opening.Unusable("a key for fingerprints is shorter than " + BYTES + " bytes")
        : new Opening.Ready(new JoinKey(secret));
  }

  /// The key in a file that only its owner may read; makes one on the first start. Called by the
  /// process that holds the folder.
  public static Opening in(Path file) {
    try {
      return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? read(file) : make(file);
    } catch (IOException e) {
      return new Opening.Unusable("the key file can't be used: " + e);
    } catch (UnsupportedOperationException e) {
      return new Opening.Unusable("the key file's file system knows no owner-only files: " + file);
    }
  }

  private static Opening read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_BYTES) {
      return new Opening.Unusable("the key file is none: " + file);
    }
    Set<PosixFilePermission> allowed =
        Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
    if (!OWNER_ONLY.containsAll(allowed)) {
      return new Opening.Unusable(
          "the key file may be read by others: " + file + " (chmod 600, or delete it)");
    }
    return of(Files.readAllBytes(file));
  }

  /// Whole or not at all, also when the machine stops meanwhile: half a key would join nothing.
  private static Opening make(Path file) {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    JoinKey made = new JoinKey(random);
    try {
      write(random, file);
      return new Opening.Ready(made);
    } catch (IOException e) {
      return new Opening.Passing(made, "the key file can't be made: " + e);
    }
  }

  private static void write(byte[] random, Path file) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    FileAttribute<Set<PosixFilePermission>> ownerOnly =
        PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    try (FileChannel out =
        FileChannel.open(
            draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
      ByteBuffer left = ByteBuffer.wrap(random);
      while (left.hasRemaining()) {
        out.write(left);
      }
      out.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// A fingerprint of nothing: the same wherever the key is the same.
  public String mark() {
    return fingerprints().of("mark", "");
  }

  /// A secret of its own for some purpose: the same wherever the key is the same.
  public String derived(String purpose) {
    return fingerprints().of("derived", purpose);
  }

  Fingerprints fingerprints() {
    return new Fingerprints(key);
  }

  @Override
  public String toString() {
    return "JoinKey[***]";
  }
}
