package io.tollwatch.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {

  @TempDir private Path folder;

  @Test
  void isReadableByItsOwnerOnly() throws Exception {
    Path file = folder.resolve("report.md");

    new NewFile(file, false).write(out -> out.write("whole"));

    assertThat(file).hasContent("whole");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void leavesAnotherFileAloneUnlessForced() throws Exception {
    Path file = Files.writeString(folder.resolve("report.md"), "old");

    assertThatThrownBy(() -> new NewFile(file, false).write(out -> out.write("new")))
        .isInstanceOf(UsageException.class)
        .hasMessage(file + " is there already; --force replaces it");
    assertThat(file).hasContent("old");

    new NewFile(file, true).write(out -> out.write("new"));
    assertThat(file).hasContent("new");
    assertThat(folder.toFile().list()).containsExactly("report.md");
  }

  /// One that came while the report was being written, too.
  @Test
  void neverReplacesUnforcedWhatCameMeanwhile() throws Exception {
    Path file = folder.resolve("report.md");

    assertThatThrownBy(() ->
            new NewFile(file, false)
                .write(out -> {
                  out.write("new");
                  Files.writeString(file, "another");
                }))
        .isInstanceOf(UsageException.class);
    assertThat(file).hasContent("another");
  }

  @Test
  void leavesNothingBehindIfWritingFails() {
    Path file = folder.resolve("report.md");

    assertThatThrownBy(() ->
            new NewFile(file, false)
                .write(out -> {
                  out.write("half");
                  throw new IOException("cut");
                }))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("cut");
    assertThat(folder.toFile().list()).isEmpty();
  }

  @Test
  void leavesTheOldFileAndNoHalfOneOnAFullDisk() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString()) == 0;
    assumeThat(mounted).as("a tmpfs can be mounted").isTrue();
    try {
      Path file = Files.writeString(disk.resolve("report.md"), "old");
      assertThatThrownBy(() ->
              new NewFile(file, true)
                  .write(out -> {
                    for (int i = 0; i < 1_000; i++) {
                      out.write("x".repeat(1_000));
                    }
                  }))
          .isInstanceOf(CommandFailed.class);
      assertThat(file).hasContent("old");
      assertThat(disk.toFile().list()).containsExactly("report.md");
    } finally {
      assertThat(run("umount", "-l", disk.toString())).isZero();
    }
  }

  private static int run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
