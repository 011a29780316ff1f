package io.tollwatch.proxy.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;

/// Where the authority lives: `ca-key.pem` is the whole of it and its owner's alone, `ca.pem` is
/// the copy of the root that clients are pointed to. Each is written whole or not at all, the key
/// first.
final class AuthorityFolder {

  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> PUBLIC_FILE =
      PosixFilePermissions.fromString("rw-r--r--");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Path folder;

  AuthorityFolder(Path folder) {
    this.folder = folder;
  }

  Path rootFile() {
    return folder.resolve("ca.pem");
  }

  private Path keyFile() {
    return folder.resolve("ca-key.pem");
  }

  /// The issuer that is kept here, if one is. Changes nothing.
  Optional<Issuer> read() throws IOException, Unfit {
    if (Files.notExists(keyFile())) {
      if (Files.exists(rootFile())) {
        throw new Unfit(
            rootFile()
                + " is there but its key "
                + keyFile().getFileName()
                + " is not: restore the key, or move the certificate away to have both made anew");
      }
      return Optional.empty();
    }
    requireOwnerOnly(folder, "700");
    requireOwnerOnly(keyFile(), "600");
    try {
      return Optional.of(IssuerPem.read(text(keyFile())));
    } catch (Unfit e) {
      throw new Unfit(
          keyFile()
              + " "
              + e.sentence()
              + ": restore it, or move it and ca.pem away to have both made anew",
          e);
    }
  }

  /// Whether clients that are pointed to `ca.pem` trust this issuer.
  boolean announces(Issuer issuer) throws IOException {
    return Files.exists(rootFile()) && text(rootFile()).equals(IssuerPem.writeRoot(issuer));
  }

  /// Keeps a first or another issuer.
  void keep(Issuer issuer) throws IOException, Unfit {
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
    requireOwnerOnly(folder, "700");
    replace(keyFile(), IssuerPem.write(issuer), OWNER_FILE);
    announce(issuer);
  }

  void announce(Issuer issuer) throws IOException {
    replace(rootFile(), IssuerPem.writeRoot(issuer), PUBLIC_FILE);
  }

  /// Copies the issuer, so that the files under the usual names are never missing.
  ///
  /// @return the copy of its root
  Path setAside(Issuer issuer, Instant now) throws IOException {
    String date = DATE.format(now);
    Path root = folder.resolve("ca-" + date + ".pem");
    replace(folder.resolve("ca-key-" + date + ".pem"), IssuerPem.write(issuer), OWNER_FILE);
    replace(root, IssuerPem.writeRoot(issuer), PUBLIC_FILE);
    return root;
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private static void requireOwnerOnly(Path path, String mode) throws IOException, Unfit {
    if (!OWNER_FOLDER.containsAll(Files.getPosixFilePermissions(path))) {
      throw new Unfit(
          path
              + " is open to others than its owner: the key must be taken for known;"
              + " move both files away to have them made anew, or chmod "
              + mode
              + " if nobody else was there");
    }
  }

  private void replace(Path file, String text, Set<PosixFilePermission> permissions)
      throws IOException {
    Path draft =
        Files.createTempFile(
            folder, ".ca-", ".tmp", PosixFilePermissions.asFileAttribute(permissions));
    try {
      try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
