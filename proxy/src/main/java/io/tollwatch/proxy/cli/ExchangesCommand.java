package io.tollwatch.proxy.cli;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.ExchangeJson;
import io.tollwatch.proxy.SystemTime;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Lists what was recorded, or shows one exchange whole.
@Command(
    name = "exchanges",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "List and filter recorded exchanges, or show one whole.",
    description = {
      "",
      "Newest first. All filters must be met. While a sidecar runs it is asked; else the data folder"
          + " is opened.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tollwatch exchanges --money in_doubt --since 24h",
      "  tollwatch exchanges --provider stripe --category provider_error",
      "  tollwatch exchanges --reference order-1042",
      "  tollwatch exchanges 01KAQ3T7      one exchange, by the beginning of its id",
      "",
      "Exit codes: 0 fine, also if nothing is found by filters; 1 failed, or no such id; 2 usage."
    })
final class ExchangesCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "Show this one whole: its id, or at least the first 8 characters of it.")
  private @Nullable String id;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "From: a duration back (90s, 15m, 24h, 7d), a date, or an instant.")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Until, likewise.")
  private @Nullable String until;

  @Option(names = "--provider", paramLabel = "NAME", description = "Went to that provider.")
  private @Nullable String provider;

  @Option(
      names = "--operation",
      paramLabel = "WORD",
      description = "pay, capture, refund, void, query, other.")
  private @Nullable String operation;

  @Option(
      names = "--category",
      paramLabel = "WORD",
      description = "What it came to, such as answer_lost, provider_error, decline_soft.")
  private @Nullable String category;

  @Option(
      names = "--money",
      paramLabel = "WORD",
      description = "none, not_sent, rejected, in_doubt, pending, succeeded.")
  private @Nullable String money;

  @Option(
      names = "--trace",
      paramLabel = "ID",
      description = "Belongs to that trace (id or traceparent).")
  private @Nullable String trace;

  @Option(names = "--reference", paramLabel = "TEXT", description = "Has that merchant reference.")
  private @Nullable String reference;

  @Option(
      names = "--request-id",
      paramLabel = "ID",
      description = "Has that X-Request-Id, or the gateway's own request id.")
  private @Nullable String requestId;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "Has that text in its target, a body, or the gateway's code or message.")
  private @Nullable String text;

  @Option(names = "--trouble", description = "Did not end well.")
  private boolean trouble;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: 50).")
  private @Nullable String limit;

  @Option(
      names = "--before",
      paramLabel = "ID",
      description = "Only what is older than that exchange: the next page.")
  private @Nullable String before;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of the ledger (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("tollwatch-data");

  @Option(names = "--json", description = "For machines: a document each, a line each.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UsageException, CommandFailed {
    Asked ledger = new Asked(data, SystemTime.real().wall());
    PrintWriter out = spec.commandLine().getOut();
    String wanted = id;
    if (wanted == null) {
      list(ledger.find(words()), out);
      return 0;
    }
    if (!wanted.matches("[0-9A-Za-z]{8,26}")) {
      throw new UsageException("an id has 26 letters and digits; at least 8 of them are needed");
    }
    Optional<Exchange> found = ledger.byId(wanted);
    if (found.isEmpty()) {
      throw new CommandFailed("there is no one exchange whose id begins with " + wanted);
    }
    if (json) {
      out.println(ExchangeJson.tree(found.get()).toPrettyString());
    } else {
      new ExchangeView(Paint.auto(), ZoneId.systemDefault()).show(found.get(), out);
    }
    return 0;
  }

  private void list(List<Exchange> found, PrintWriter out) {
    if (json) {
      found.forEach(exchange -> out.println(ExchangeJson.write(exchange)));
    } else {
      new ExchangeTable(Paint.auto(), ZoneId.systemDefault()).show(found, out);
    }
  }

  private Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    put(words, "since", since);
    put(words, "until", until);
    put(words, "provider", provider);
    put(words, "operation", operation);
    put(words, "category", category);
    put(words, "money", money);
    put(words, "trace", trace);
    put(words, "reference", reference);
    put(words, "request-id", requestId);
    put(words, "text", text);
    put(words, "trouble", trouble ? "true" : null);
    put(words, "before", before);
    put(words, "limit", limit);
    return words;
  }

  private static void put(Map<String, String> words, String name, @Nullable String value) {
    if (value != null) {
      words.put(name, value);
    }
  }
}
