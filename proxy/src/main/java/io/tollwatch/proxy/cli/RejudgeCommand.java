package io.tollwatch.proxy.cli;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Rejudgement;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.judging.Gateways;
import io.tollwatch.proxy.judging.Rejudging;
import io.tollwatch.proxy.judging.Rejudging.Again;
import io.tollwatch.verdict.Classifier;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Judges the ledger again.
@Command(
    name = "rejudge",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Judge recorded exchanges again with today's profiles; show what changes.",
    description = {
      "",
      "Shows what changes, and with --write keeps it beside the verdicts that are there, which stay:"
          + " no doubt is settled by this, and no breaker moved. Exchanges are judged from what was"
          + " kept of them; one whose body was cut, not kept or has expired is counted as"
          + " not judged. While a sidecar runs it is asked; else the data folder is opened.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tollwatch rejudge --since 7d",
      "  tollwatch rejudge --since 24h --profile acme.yaml   try a profile out",
      "  tollwatch rejudge --since 7d --write                keep it; exchanges ID shows it",
      "  tollwatch rejudge --since 7d --json | jq -r .change",
      "",
      "Exit codes: 0 fine, whether something changed or not; 1 failed; 2 usage."
    })
final class RejudgeCommand implements Callable<Integer> {

  @Option(
      names = "--since",
      required = true,
      paramLabel = "TIME",
      description =
          "From: a duration back (90s, 15m, 24h, 7d), a date (UTC), or an instant"
              + " (2026-11-22T14:30:00Z).")
  private String since = "";

  @Option(names = "--until", paramLabel = "TIME", description = "Until, likewise.")
  private @Nullable String until;

  @Option(names = "--provider", paramLabel = "NAME", description = "Went to that provider.")
  private @Nullable String provider;

  @Mixin private ProfileOptions options = new ProfileOptions();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of the ledger (default: ./tollwatch-data, or what the file says).")
  private @Nullable Path data;

  @Option(names = "--write", description = "Keep what changed, beside the old verdicts.")
  private boolean write;

  @Option(names = "--json", description = "For machines: a document for each that changed.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UsageException, CommandFailed {
    Gateways gateways = options.read();
    Rejudging rejudging = new Rejudging(gateways, Classifier.shipped());
    RejudgedView view =
        new RejudgedView(
            Terminal.current().paint(), ZoneId.systemDefault(), json, spec.commandLine().getOut());
    Path folder = data == null ? gateways.configuration().data() : data;
    InstantSource clock = SystemTime.real().wall();
    Asked ledger = new Asked(folder, gateways.configuration().ledger(), clock);
    List<Rejudgement> page = new ArrayList<>();
    AtomicInteger kept = new AtomicInteger();
    ledger.all(
        words(),
        exchange -> {
          Again again = rejudging.again(exchange);
          view.show(exchange, again);
          rejudgement(exchange, again, clock).ifPresent(page::add);
        },
        keeping -> {
          if (!page.isEmpty()) {
            kept.addAndGet(keeping.keep(List.copyOf(page)));
            page.clear();
          }
        });
    view.totals(write ? OptionalInt.of(kept.get()) : OptionalInt.empty());
    return 0;
  }

  private Optional<Rejudgement> rejudgement(Exchange exchange, Again again, InstantSource clock) {
    return write && again instanceof Again.Verdicts verdicts && verdicts.changed()
        ? Optional.of(
            new Rejudgement(
                exchange.id(),
                clock.instant(),
                System.getProperty("user.name", ""),
                verdicts.now()))
        : Optional.empty();
  }

  private Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("since", since);
    if (until != null) {
      words.put("until", until);
    }
    if (provider != null) {
      words.put("provider", provider);
    }
    return words;
  }
}
