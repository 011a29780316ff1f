package io.tollwatch.proxy.cli;

import io.tollwatch.checks.run.CheckRun;
import io.tollwatch.checks.run.StepResult;
import io.tollwatch.checks.script.Check;
import io.tollwatch.checks.script.CheckReader;
import io.tollwatch.checks.script.CheckReading;
import io.tollwatch.document.FileProblem;
import io.tollwatch.proxy.ProbeBench;
import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.config.CheckEntries;
import io.tollwatch.proxy.config.CheckSecrets;
import io.tollwatch.proxy.config.Configuration;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Runs checks once.
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Run synthetic transactions once: does the gateway work, step by step?",
    description = {
      "",
      "Runs the checks of the files, one after the other, and shows where each step's time went,"
          + " what was expected and found, what was captured and what the answer means for the"
          + " money. What a step takes is given back on every way out, Ctrl-C among them; what"
          + " could not be given back is told, and tried again by the next probe of the check.",
      "",
      "Checks that wait for webhooks need webhooks in the configuration; its port is opened while"
          + " they run.",
      "",
      "Plain probes of a check (dns, connect, tls) come first, and send the gateway no request.",
      "",
      "A check of a channel goes where calls of services would go first, with the credentials of that"
          + " provider, and to another one only if the gate allows it; a probe knows no breakers.",
      "",
      "Each step opens a connection of its own. Everything is recorded, as live calls are, in the"
          + " folder 'probe' of the data folder, so a sidecar may run beside it. Secrets are never"
          + " shown or kept.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tollwatch probe checks.yaml",
      "  tollwatch probe checks.yaml --check pay-and-refund --step",
      "  tollwatch probe canary.yaml -c tollwatch.yaml --junit probe.xml",
      "  tollwatch exchanges --data tollwatch-data/probe",
      "",
      "Exit codes: 0 all passed and nothing is left behind, 1 some failed, 2 usage or a wrong file."
    })
final class ProbeCommand implements Callable<Integer> {

  private static final Duration CLEAN_UP = Duration.ofMinutes(2);

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of checks.")
  private List<Path> files = List.of();

  @Option(
      names = "--check",
      paramLabel = "NAME",
      description = "Only this check; may be given more than once.")
  private List<String> wanted = new ArrayList<>();

  @Option(names = "--step", description = "Wait for Enter before each step.")
  private boolean stepwise;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write the results as JUnit's XML too.")
  private @Nullable Path junit;

  @Option(names = "--json", description = "For machines: a document a line for each check.")
  private boolean json;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Configuration file: its providers. Without one the built-in providers.")
  private @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Data folder, in which 'probe' is made (default: ./tollwatch-data, or what the file"
              + " says).")
  private @Nullable Path data;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final AtomicBoolean stopped = new AtomicBoolean();

  @Override
  public Integer call() throws UsageException, CommandFailed {
    Configuration configuration = configuration();
    List<Check> checks = new ArrayList<>();
    boolean right = true;
    for (Path file : files) {
      right &= read(file, configuration, checks);
    }
    if (!right) {
      return 2;
    }
    List<Check> chosen = chosen(checks);
    return switch (ProbeBench.open(configuration, SystemTime.real())) {
      case ProbeBench.Opening.Failed(String reason) -> throw new CommandFailed(reason);
      case ProbeBench.Opening.Opened(ProbeBench bench) -> {
        try (bench) {
          yield probed(bench, chosen);
        }
      }
    };
  }

  private Configuration configuration() throws UsageException {
    return switch (ConfigChoice.read(config)) {
      case Sidecar.Reread.Wrong(String problems) -> throw new UsageException(problems);
      case Sidecar.Reread.Right(Configuration right) -> data == null ? right : right.withData(data);
    };
  }

  private boolean read(Path file, Configuration configuration, List<Check> checks) {
    CheckReader reader =
        new CheckReader(CheckEntries.of(configuration), new CheckSecrets(System.getenv()));
    return switch (reader.read(file)) {
      case CheckReading.Valid(List<Check> found) -> checks.addAll(found);
      case CheckReading.Invalid(List<FileProblem> problems) -> {
        PrintWriter err = spec.commandLine().getErr();
        problems.stream().map(FileProblem::text).map(Printable::line).forEach(err::println);
        err.println(Count.of(problems.size(), "problem"));
        err.flush();
        yield false;
      }
    };
  }

  private List<Check> chosen(List<Check> checks) throws UsageException {
    Set<String> names = new HashSet<>();
    for (Check check : checks) {
      if (!names.add(check.name())) {
        throw new UsageException("two checks have the name " + check.name() + "; rename one");
      }
    }
    for (String name : wanted) {
      if (!names.contains(name)) {
        throw new UsageException(
            "there is no check " + name + "; the files have " + String.join(", ", names));
      }
    }
    return checks.stream()
        .filter(check -> wanted.isEmpty() || wanted.contains(check.name()))
        .toList();
  }

  private int probed(ProbeBench bench, List<Check> checks) throws CommandFailed {
    Signals.onStop(() -> {
      stopped.set(true);
      Thread.ofPlatform().name("probe-stop").start(() -> bench.stop(CLEAN_UP));
    });
    PrintWriter out = spec.commandLine().getOut();
    if (checks.stream().anyMatch(Check::awaitsWebhooks)) {
      Optional<String> trouble = bench.listen();
      if (trouble.isPresent()) {
        throw new CommandFailed("webhooks can't be awaited: " + trouble.get());
      }
    }
    ProbeView view = new ProbeView(Terminal.current(), out, json, stepwise);
    List<CheckRun> runs = new ArrayList<>();
    for (Check check : checks) {
      if (stopped.get()) {
        break;
      }
      List<StepResult> tried = bench.giveBack(check, view);
      view.earlier(bench.out(check), tried);
      view.begin(check);
      CheckRun run = bench.run(check, view);
      view.end(run);
      runs.add(run);
    }
    view.totals(runs);
    if (junit != null) {
      write(JunitReport.of(runs), junit);
    }
    boolean passed = runs.size() == checks.size() && runs.stream().allMatch(CheckRun::passed);
    return passed ? 0 : 1;
  }

  private static void write(String report, Path file) throws CommandFailed {
    try {
      Files.writeString(file, report);
    } catch (IOException e) {
      throw new CommandFailed(file + " can't be written: " + e.getMessage());
    }
  }
}
