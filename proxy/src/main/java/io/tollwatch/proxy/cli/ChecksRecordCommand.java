package io.tollwatch.proxy.cli;

import io.tollwatch.checks.record.CheckRecorder;
import io.tollwatch.checks.record.Recorded;
import io.tollwatch.checks.script.CheckReader;
import io.tollwatch.checks.script.CheckReading;
import io.tollwatch.checks.script.SecretLookup;
import io.tollwatch.document.FileProblem;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.config.CheckEntries;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.config.ProviderConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Writes a check from recorded exchanges.
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Write a check from recorded exchanges.",
    description = {
      "",
      "Give the exchanges in the order in which they shall be sent, one that gives the money back"
          + " last. What was masked becomes a secret, reference and idempotency key become the"
          + " run's, and values of an earlier answer are captured there. The check is printed; what"
          + " is left to do is told beside it.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  tollwatch checks record --provider stripe --exchange 01KAQ3T7Z5,01KAQ3T9B1 > checks.yaml",
      "",
      "Exit codes: 0 the check can be used, 1 something is missing, such as a clean-up; 2 usage."
    })
final class ChecksRecordCommand implements Callable<Integer> {

  /// Stands for secrets while the check is looked at.
  private static final String SOME_SECRET = "some secret, only to look";

  @Option(
      names = "--exchange",
      required = true,
      split = ",",
      paramLabel = "ID",
      description = "An exchange, by its id or the beginning of it; may be given more than once.")
  private List<String> ids = List.of();

  @Option(
      names = "--provider",
      required = true,
      paramLabel = "NAME",
      description = "The provider that the check shall call: best a sandbox of the same kind.")
  private String provider = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The name of the check (default: recorded).")
  private String name = "recorded";

  @Mixin private DataOptions options = new DataOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UsageException, CommandFailed {
    Configuration configuration =
        switch (options.read()) {
          case Sidecar.Reread.Wrong(String problems) -> throw new UsageException(problems);
          case Sidecar.Reread.Right(Configuration right) -> right;
        };
    ProviderConfig called =
        configuration
            .provider(provider)
            .orElseThrow(() -> new UsageException("there is no provider " + provider));
    List<Exchange> exchanges = exchanges(configuration);
    for (Exchange each : exchanges) {
      if (!each.intent().profile().equals(called.profile())) {
        throw new UsageException(
            each.id() + " went to a gateway of another kind: " + each.intent().profile());
      }
    }
    Recorded recorded = recorded(configuration, called, exchanges);
    PrintWriter out = spec.commandLine().getOut();
    out.print(recorded.yaml());
    out.flush();
    List<String> problems = problems(recorded.yaml(), configuration);
    PrintWriter err = spec.commandLine().getErr();
    recorded.notes().stream().map(Printable::line).forEach(err::println);
    problems.stream().map(Printable::line).forEach(err::println);
    err.flush();
    return recorded.cleansUp() && problems.isEmpty() ? 0 : 1;
  }

  private List<Exchange> exchanges(Configuration configuration)
      throws UsageException, CommandFailed {
    Asked ledger =
        new Asked(configuration.data(), configuration.ledger(), SystemTime.real().wall());
    List<Exchange> exchanges = new ArrayList<>();
    for (String id : ids) {
      if (!id.matches("[0-9A-Za-z]{8,26}")) {
        throw new UsageException("an id has 26 letters and digits; at least 8 of them are needed");
      }
      Optional<Exchange> found = ledger.byId(id);
      exchanges.add(
          found.orElseThrow(
              () -> new CommandFailed("there is no one exchange whose id begins with " + id)));
    }
    return exchanges;
  }

  private Recorded recorded(
      Configuration configuration, ProviderConfig called, List<Exchange> exchanges)
      throws CommandFailed {
    try {
      return new CheckRecorder(configuration.profiles().byName(called.profile()), provider)
          .record(name, exchanges);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> problems(String yaml, Configuration configuration) {
    CheckReader reader =
        new CheckReader(
            CheckEntries.of(configuration), _ -> new SecretLookup.Answer.Found(SOME_SECRET));
    return switch (reader.read(yaml, Path.of("the check"))) {
      case CheckReading.Valid _ -> List.of();
      case CheckReading.Invalid(List<FileProblem> found) ->
          found.stream().map(FileProblem::text).toList();
    };
  }
}
