package io.tollwatch.proxy.cli;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.fixtures.incident.Incident;
import io.tollwatch.fixtures.incident.Incidents;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.demo.Demo;
import io.tollwatch.proxy.incident.Replay;
import io.tollwatch.taxonomy.Money;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Shows the main job.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    header = "See it at work: fake gateways, real calls, real faults, in a minute.",
    description = {
      "",
      "Starts fake Stripe, Adyen and Alipay gateways and a sidecar in front of them, all on"
          + " loopback, makes payments with declines and faults through it, and shows what was"
          + " recorded and judged. Nothing leaves this machine. Ends by itself.",
      "",
      "With --incident it replays an outage that a real gateway had, in about a minute: the same"
          + " customers pay with Tollwatch and without it, and a table says what came of it.",
      ""
    },
    footer = {"", "Exit codes: 0 fine, 1 failed, 2 no such incident."})
final class DemoCommand implements Callable<Integer> {

  @Option(names = "--keep", description = "Stay up afterwards, until Ctrl-C, to look around.")
  private boolean keep;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of the ledger (default: a new one for temporary files).")
  private @Nullable Path data;

  @Option(
      names = "--incident",
      paramLabel = "NAME",
      description = "Replay that outage; `list` tells which there are.")
  private @Nullable String incident;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Terminal terminal = Terminal.current();
  private final Paint paint = terminal.paint();

  @Override
  public Integer call() throws IOException, InterruptedException, UsageException {
    PrintWriter out = spec.commandLine().getOut();
    if (incident != null) {
      return replay(incident, out);
    }
    Path folder = folder();
    out.println(
        "starting fake gateways (Stripe, Adyen, Alipay) and a sidecar in front of them ...");
    out.flush();
    try (Demo demo = Demo.start(folder, SystemTime.real())) {
      out.printf(
          "a service would now call %s/stripe instead of https://api.stripe.com%n%n",
          demo.egress());
      demo.run(step -> tell(step, out));
      report(demo, demo.recorded(), folder, out);
      stay(out);
    }
    return 0;
  }

  private Path folder() throws IOException {
    return data == null ? Files.createTempDirectory("tollwatch-demo-") : data;
  }

  private void stay(PrintWriter out) throws InterruptedException {
    if (keep) {
      out.printf("%nstaying up; Ctrl-C ends it%n");
      out.flush();
      CountDownLatch stop = new CountDownLatch(1);
      Signals.onStop(stop::countDown);
      stop.await();
    }
  }

  private int replay(String name, PrintWriter out)
      throws IOException, InterruptedException, UsageException {
    IncidentView view = new IncidentView(paint, out);
    if (name.equals("list")) {
      view.list();
      return 0;
    }
    Incident chosen = Incidents.named(name).orElseThrow(() -> new UsageException(unknown(name)));
    Path folder = folder();
    view.announce(chosen);
    try (Replay replay = Replay.start(chosen, folder, "", view::tell)) {
      view.compare(replay.run());
      view.sources(chosen, folder);
      stay(out);
    }
    return 0;
  }

  private static String unknown(String name) {
    return "there is no incident "
        + Printable.line(name)
        + "; known are "
        + Incidents.all().stream().map(Incident::name).collect(Collectors.joining(", "));
  }

  private void tell(Demo.Step step, PrintWriter out) {
    String money = step.money().isEmpty() ? "-" : step.money();
    Optional<Money> word =
        step.money().isEmpty() ? Optional.empty() : Optional.of(Money.ofWord(step.money()));
    String padded = "%-10s".formatted(money);
    out.printf(
        "%s %-10s %-45s %3d  %s %s%n",
        paint.faint("[%2d/%d]".formatted(step.number(), step.of())),
        step.provider(),
        step.story(),
        step.status(),
        word.map(m -> paint.money(m, padded)).orElse(padded),
        step.category());
    out.flush();
  }

  private void report(Demo demo, List<Exchange> recorded, Path folder, PrintWriter out) {
    out.printf("%n%s%n", paint.bold("What was recorded"));
    for (Money money : Money.values()) {
      long count = recorded.stream().filter(exchange -> isMoney(exchange, money)).count();
      if (count > 0) {
        out.printf("  %s %3d%n", paint.money(money, "%-10s".formatted(money.word())), count);
      }
    }
    doubts(demo, recorded, out);
    waterfall(recorded, out);
    places(demo, folder, out);
  }

  private void doubts(Demo demo, List<Exchange> recorded, PrintWriter out) {
    out.printf("%n%s%n", paint.bold("In doubt, and what the gateways' own books say"));
    recorded.stream()
        .filter(exchange -> isMoney(exchange, Money.IN_DOUBT))
        .forEach(exchange -> {
          String reference = exchange.intent().correlation().reference().orElse("");
          out.printf(
              "  %-11s %-10s %-18s %s%n",
              reference,
              exchange.intent().provider(),
              exchange.outcome().orElseThrow().verdict().category().word(),
              demo.took(reference)
                  ? paint.bad("charged: trying another provider would charge twice")
                  : "not charged, which nobody could know");
        });
    out.printf(
        "  of %d calls %d reached a gateway, each once; %d charges are in their books%n",
        recorded.size(), demo.requestsSeen(), demo.chargesBooked());
  }

  private void waterfall(List<Exchange> recorded, PrintWriter out) {
    recorded.stream()
        .filter(exchange -> isMoney(exchange, Money.IN_DOUBT))
        .findFirst()
        .ifPresent(exchange -> {
          out.printf("%n%s%n", paint.bold("One of them, whole"));
          new ExchangeView(terminal, ZoneId.systemDefault()).show(exchange, out);
        });
  }

  private void places(Demo demo, Path folder, PrintWriter out) {
    String tool = "proxy/bin/tollwatch";
    out.printf("%n%s%n", paint.bold("Look for yourself"));
    for (String line :
        Arrays.asList(
            "%s exchanges --data %s".formatted(tool, folder),
            "%s exchanges --data %s --money in_doubt".formatted(tool, folder),
            "%s exchanges --data %s <id>".formatted(tool, folder))) {
      out.println("  " + line);
    }
    out.printf("  ledger    %s%n", folder.toAbsolutePath());
    if (keep) {
      out.printf("  egress    %s/stripe/v1/...%n", demo.egress());
      out.printf("  metrics   %s/metrics%n", demo.admin());
      out.printf("  health    %s/health/ready%n", demo.admin());
    } else {
      out.printf("  %s demo --keep   stays up, with metrics and health to look at%n", tool);
    }
    out.printf(
        "  %d lines about calls in trouble would be in the log, such as:%n",
        demo.logLines().size());
    demo.logLines().stream()
        .findFirst()
        .ifPresent(line -> out.println(paint.faint("  " + Printable.line(line))));
    out.flush();
  }

  private static boolean isMoney(Exchange exchange, Money money) {
    return exchange.outcome().map(o -> o.verdict().money() == money).orElse(false);
  }
}
