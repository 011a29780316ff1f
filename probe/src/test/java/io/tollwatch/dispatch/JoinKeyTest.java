package io.tollwatch.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinKeyTest {

  @TempDir private Path folder;

  @Test
  void isMadeOnTheFirstStartForItsOwnerOnlyAndIsTheSameAfterwards() throws IOException {
    Path file = folder.resolve(JoinKey.FILE);
    String first = print(JoinKey.in(file));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.size(file)).isEqualTo(32);
    assertThat(print(JoinKey.in(file))).isEqualTo(first);
    assertThat(print(JoinKey.in(folder.resolve("other.key")))).isNotEqualTo(first);
    try (var files = Files.list(folder)) {
      assertThat(files).as("no draft is left").hasSize(2);
    }
  }

  @Test
  void whatOthersMayReadIsRefusedAndLeftAsItIs() throws IOException {
    Path file = folder.resolve(JoinKey.FILE);
    print(JoinKey.in(file));
    byte[] before = Files.readAllBytes(file);
    for (String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      assertThat(reason(JoinKey.in(file))).contains("read by others").contains(file.toString());
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void aLinkAFolderAndHalfAKeyAreNone() throws IOException {
    Path target = folder.resolve("elsewhere");
    print(JoinKey.in(target));
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    assertThat(reason(JoinKey.in(link))).contains("none");
    assertThat(reason(JoinKey.in(Files.createDirectory(folder.resolve("dir"))))).contains("none");
    Files.write(target, new byte[31]);
    assertThat(reason(JoinKey.in(target))).contains("shorter");
  }

  @Test
  void oneThatTheDiskDoesNotTakeIsGoodForThisRun() {
    Path nowhere = folder.resolve("no/such/folder");
    assertThat(JoinKey.in(nowhere)).isInstanceOf(JoinKey.Opening.Passing.class);
    var first = (JoinKey.Opening.Passing) JoinKey.in(nowhere);
    var second = (JoinKey.Opening.Passing) JoinKey.in(nowhere);
    assertThat(first.reason()).contains("can't be made");
    assertThat(first.key().fingerprints().of("scope", "order-1"))
        .isNotEqualTo(second.key().fingerprints().of("scope", "order-1"));
  }

  @Test
  void aDraftOfAStartThatWasKilledIsInNobodysWay() throws IOException {
    Files.write(folder.resolve(JoinKey.FILE + ".new"), new byte[3]);
    assertThat(print(JoinKey.in(folder.resolve(JoinKey.FILE)))).isNotEmpty();
  }

  @Test
  void doesNotShowItself() {
    assertThat(Keys.of("k").toString()).doesNotContain("k".repeat(4)).isEqualTo("JoinKey[***]");
  }

  private static String print(JoinKey.Opening opening) {
    assertThat(opening).isInstanceOf(JoinKey.Opening.Ready.class);
    return ((JoinKey.Opening.Ready) opening).key().fingerprints().of("scope", "order-1");
  }

  private static String reason(JoinKey.Opening opening) {
    assertThat(opening).isInstanceOf(JoinKey.Opening.Unusable.class);
    return ((JoinKey.Opening.Unusable) opening).reason();
  }
}
