package io.tollwatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.ledger.DataFolder.Opening;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  private static final URI ADDRESS = URI.create("http://127.0.0.1:9402");

  @TempDir private Path temp;

  private DataFolder open(Path path) {
    return ((Opening.Opened) DataFolder.open(path)).folder();
  }

  @Test
  void isMadeForItsOwnerOnly() throws IOException {
    try (DataFolder folder = open(temp.resolve("a/b"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void belongsToOneAtATimeAndCanBeTakenAgain() {
    try (DataFolder ignored = open(temp)) {
      for (int i = 0; i < 3; i++) { // a refused try must not give the lock away
        assertThat(DataFolder.open(temp)).isInstanceOf(Opening.OwnedByAnother.class);
      }
    }
    try (DataFolder again = open(temp)) {
      assertThat(again.path()).isAbsolute();
    }
  }

  @Test
  void isRefusedWhileAnotherProcessHasIt() throws Exception {
    try (ChildProcess child = ChildProcess.start("hold", temp)) {
      child.awaitLine("ready");

      assertThat(DataFolder.open(temp))
          .isInstanceOfSatisfying(
              Opening.OwnedByAnother.class, taken -> assertThat(taken.pid()).hasValue(child.pid()));
      assertThat(DataFolder.findAdmin(temp)).contains(new AdminAccess(ADDRESS, "secret"));
    }
  }

  @Test
  void isFreeAgainAfterAKillAndNobodyIsSaidToListen() throws Exception {
    try (ChildProcess child = ChildProcess.start("hold", temp)) {
      child.awaitLine("ready");
    }

    try (DataFolder ignored = open(temp)) {
      assertThat(DataFolder.findAdmin(temp)).isEmpty();
    }
  }

  @Test
  void tellsHowToReachItsOwnerUntilClosed() throws IOException {
    DataFolder folder = open(temp);
    folder.publishAdmin(ADDRESS, "old");
    folder.publishAdmin(ADDRESS, "secret");

    assertThat(DataFolder.findAdmin(temp)).contains(new AdminAccess(ADDRESS, "secret"));
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(temp.resolve("admin.json"))))
        .isEqualTo("rw-------");

    folder.close();
    assertThat(DataFolder.findAdmin(temp)).isEmpty();
  }

  @Test
  void aBrokenAdminFileIsNone() throws IOException {
    Files.writeString(temp.resolve("admin.json"), "{\"address\":");

    assertThat(DataFolder.findAdmin(temp)).isEmpty();
  }

  @Test
  void theTokenIsInNoLogLine() {
    assertThat(new AdminAccess(ADDRESS, "secret").toString())
        .contains("9402")
        .doesNotContain("secret");
  }

  @Test
  void isRefusedIfOthersCanReadItUnlessThatIsAllowed() throws IOException {
    Path open = Files.createDirectory(temp.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-x---"));

    assertThat(DataFolder.open(open, DataAccess.OWNER_ONLY))
        .isInstanceOfSatisfying(
            DataFolder.Opening.Unusable.class,
            unusable -> assertThat(unusable.reason()).contains("rwxr-x---").contains("chmod 700"));
    var opened = (DataFolder.Opening.Opened) DataFolder.open(open, DataAccess.ANY);
    opened.folder().close();

    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwx------"));
    opened = (DataFolder.Opening.Opened) DataFolder.open(open, DataAccess.OWNER_ONLY);
    opened.folder().close();
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));

    assertThat(DataFolder.open(file))
        .isInstanceOfSatisfying(
            Opening.Unusable.class, no -> assertThat(no.reason()).contains("file"));
    assertThat(DataFolder.open(file.resolve("below"))).isInstanceOf(Opening.Unusable.class);
  }

  @Test
  void aNameThatTheDatabaseWouldReadAsSettingsIsRefused() {
    assertThat(DataFolder.open(temp.resolve("a;INIT=x")))
        .isInstanceOfSatisfying(
            Opening.Unusable.class, no -> assertThat(no.reason()).contains("semicolon"));
    assertThat(temp).isEmptyDirectory();
  }
}
