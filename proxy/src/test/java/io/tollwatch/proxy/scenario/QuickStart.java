package io.tollwatch.proxy.scenario;

import io.tollwatch.proxy.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a sidecar of its own starts quickly in tests: from jars, with the JVM's start-up cache, made
/// once for all tests as the build does for the package. Kept beside the compiled tests until a
/// class changes.
final class QuickStart {

  private static final Path HOME = Path.of("target", "quick-start").toAbsolutePath();
  private static final Path CACHE = HOME.resolve("tollwatch.aot");
  private static final List<String> OPTIONS = prepare();

  private QuickStart() {}

  /// The command that starts `tollwatch`, without its arguments.
  static List<String> command() {
    List<String> command = new ArrayList<>(OPTIONS);
    command.add("-XX:AOTCache=" + CACHE);
    command.add("-Xlog:aot=off");
    command.add(Main.class.getName());
    return command;
  }

  /// Test classes run in several processes at once: one makes it, the others wait.
  private static List<String> prepare() {
    try {
      Files.createDirectories(HOME);
      try (FileChannel channel =
              FileChannel.open(
                  HOME.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock alone = channel.lock()) {
        assert alone.isValid();
        return prepareAlone();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> prepareAlone() throws IOException {
    List<Path> entries =
        Stream.of(System.getProperty("java.class.path").split(":"))
            .filter(entry -> !entry.isEmpty())
            .map(Path::of)
            .filter(Files::exists)
            .toList();
    String madeFrom = madeFrom(entries);
    Path note = HOME.resolve("made-from");
    boolean made = Files.exists(note) && Files.readString(note).equals(madeFrom);
    List<String> classPath = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Path entry = entries.get(i);
      classPath.add((Files.isDirectory(entry) ? jar(entry, i, made) : entry).toString());
    }
    List<String> options = options(String.join(":", classPath));
    if (!made) {
      rehearse(options);
      Files.writeString(note, madeFrom);
    }
    return options;
  }

  private static List<String> options(String classPath) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx128m",
        "-cp",
        classPath);
  }

  private static Path jar(Path folder, int number, boolean made) {
    Path jar = HOME.resolve("classes-" + number + ".jar");
    if (!made) {
      int code =
          ToolProvider.findFirst("jar")
              .orElseThrow()
              .run(System.out, System.err, "cf", jar.toString(), "-C", folder.toString(), ".");
      if (code != 0) {
        throw new AssertionError("no jar of " + folder);
      }
    }
    return jar;
  }

  /// A start until the calls are taken, which is most of what a test waits for, and an orderly end,
  /// when the JVM writes the cache.
  private static void rehearse(List<String> options) throws IOException {
    Path folder = Files.createTempDirectory(HOME, "rehearsal-");
    List<String> command = new ArrayList<>(options);
    command.add("-XX:AOTCacheOutput=" + CACHE);
    command.addAll(List.of(Main.class.getName(), "demo", "--data", folder + "/data"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(HOME.resolve("rehearsal.txt").toFile())
            .start();
    if (process.onExit().join().exitValue() != 0) {
      throw new AssertionError("see " + HOME.resolve("rehearsal.txt"));
    }
  }

  private static String madeFrom(List<Path> entries) throws IOException {
    List<String> all = new ArrayList<>();
    for (Path entry : entries) {
      try (Stream<Path> files = Files.walk(entry)) {
        all.add(
            files
                .filter(Files::isRegularFile)
                .sorted()
                .map(file -> file + " " + file.toFile().lastModified())
                .collect(Collectors.joining("\n")));
      }
    }
    return String.join("\n", all);
  }
}
