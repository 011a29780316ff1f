package io.tollwatch.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class BackgroundTest {

  @Test
  @EnabledOnOs(OS.LINUX)
  void stepsBackAloneAndNobodyElseDoes() throws Exception {
    int before = niceness();
    CompletableFuture<Integer> inBackground = new CompletableFuture<>();

    Thread thread = Background.thread("in-background", () -> inBackground.complete(niceness()));
    thread.start();
    thread.join();

    assertThat(inBackground.get()).isEqualTo(Background.NICENESS);
    assertThat(niceness()).isEqualTo(before);
  }

  @Test
  void isADaemonWithThatName() {
    Thread thread = Background.thread("reader", () -> {});

    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.isVirtual()).isFalse();
    assertThat(thread.getName()).isEqualTo("reader");
  }

  /// Of the calling thread: the nineteenth field of its line (`proc(5)`), of which the second, the
  /// name, may hold spaces.
  private static int niceness() {
    try {
      String line = Files.readString(Path.of("/proc/thread-self/stat"));
      return Integer.parseInt(line.substring(line.lastIndexOf(')') + 2).split(" ", -1)[16]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
