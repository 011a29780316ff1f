package io.tollwatch.proxy.cli;

import io.tollwatch.exchange.TestMoney;
import io.tollwatch.proxy.ProbeBench;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.admin.Leak;
import io.tollwatch.proxy.cli.OrderOptions.Folder;
import io.tollwatch.proxy.cli.OrderOptions.Giver;
import io.tollwatch.proxy.config.ChecksConfig;
import io.tollwatch.proxy.config.Configuration;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Shows the test money that is still out, and lets a person settle it.
@Command(
    name = "leaks",
    mixinStandardHelpOptions = true,
    header = "List what checks took and could not give back, or settle it by hand.",
    description = {
      "",
      "The clean-up tries again with each run of the check. What somebody looked up and gave back, or"
          + " found never taken, is settled by hand; who said so and why is kept. A sidecar is asked"
          + " for that of its checks; with --probe it is that of 'tollwatch probe'.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tollwatch checks leaks",
      "  tollwatch checks leaks settle twmbcdf... --reason \"refunded in the dashboard\"",
      "  tollwatch checks leaks --probe",
      "",
      "Exit codes: 0 fine, 1 failed, 2 usage."
    })
final class ChecksLeaksCommand implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PROBE = "Of 'tollwatch probe', rather than of a running sidecar.";

  @Mixin private Folder folder = new Folder();

  @Option(names = "--probe", description = PROBE)
  private boolean probe;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UsageException, CommandFailed {
    if (probe) {
      try (ProbeBench bench = bench(folder)) {
        return show(leaks(bench), folder);
      }
    }
    return show(Asked.body(folder.sidecar().get("/api/checks/leaks")).path("leaks"), folder);
  }

  @Command(
      name = "settle",
      mixinStandardHelpOptions = true,
      header = "Say that one is settled: given back elsewhere, or never taken.")
  int settle(
      @Mixin Giver giver,
      @Option(names = "--probe", description = PROBE) boolean ofProbe,
      @Parameters(paramLabel = "ID", description = "Its id, as the list has it.") String id)
      throws UsageException, CommandFailed {
    Map<String, Object> body = giver.body();
    if (ofProbe) {
      try (ProbeBench bench = bench(giver.folder())) {
        String who = String.valueOf(body.get("who"));
        if (!bench.settle(id, who, String.valueOf(body.get("reason")))) {
          throw new CommandFailed("no test money with that id is out");
        }
        return show(leaks(bench), giver.folder());
      }
    }
    body.put("id", id);
    JsonNode answer = Asked.body(giver.folder().sidecar().post("/api/checks/settle", body));
    return show(answer.path("leaks"), giver.folder());
  }

  private static ProbeBench bench(Folder folder) throws CommandFailed {
    Configuration configuration = Configuration.builtIn().withData(folder.data());
    return switch (ProbeBench.open(configuration, SystemTime.real())) {
      case ProbeBench.Opening.Failed(String reason) -> throw new CommandFailed(reason);
      case ProbeBench.Opening.Opened(ProbeBench bench) -> bench;
    };
  }

  private static JsonNode leaks(ProbeBench bench) {
    Instant now = SystemTime.real().wall().instant();
    List<TestMoney> out = bench.out();
    return JSON.valueToTree(
        out.stream().map(each -> Leak.of(each, now, ChecksConfig.LEAK_AFTER)).toList());
  }

  private int show(JsonNode leaks, Folder asked) {
    PrintWriter out = spec.commandLine().getOut();
    if (asked.json()) {
      out.println(leaks.toPrettyString());
    } else {
      new LeakTable(Terminal.current().paint(), out).show(leaks);
    }
    return 0;
  }
}
