package io.tollwatch.proxy.cli;

import static java.util.stream.Collectors.joining;

import io.tollwatch.document.FileProblem;
import io.tollwatch.profile.Profiles;
import io.tollwatch.profile.ProfilesReading;
import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.judging.Gateways;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which profiles are meant: the shipped ones, with those of a configuration file or of files of
/// their own.
final class ProfileOptions {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Configuration file: its providers, and the profiles that it names.")
  private @Nullable Path file;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description =
          "A profile file of your own, instead of those that the configuration names; may be"
              + " repeated.")
  private List<Path> files = List.of();

  /// Reads them.
  Gateways read() throws UsageException {
    Configuration configuration =
        switch (ConfigChoice.read(file)) {
          case Sidecar.Reread.Wrong(String problems) -> throw new UsageException(problems);
          case Sidecar.Reread.Right(Configuration right) -> right;
        };
    if (files.isEmpty()) {
      return new Gateways(configuration, configuration.profiles());
    }
    return switch (Profiles.of(Profiles.shipped(), files)) {
      case ProfilesReading.Valid(Profiles profiles) -> new Gateways(configuration, profiles);
      case ProfilesReading.Invalid(List<FileProblem> problems) ->
          throw new UsageException(problems.stream().map(FileProblem::text).collect(joining("\n")));
    };
  }
}
