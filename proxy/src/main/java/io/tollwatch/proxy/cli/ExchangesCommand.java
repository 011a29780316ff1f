package io.tollwatch.proxy.cli;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Rejudgement;
import io.tollwatch.ledger.store.ExchangeJson;
import io.tollwatch.ledger.store.ExchangeQuery;
import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.verdict.Verdict;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "  tollwatch exchanges --trouble --since 1h",
      "  tollwatch exchanges --money in_doubt --json | jq -r .intent.id",
      "  tollwatch exchanges --provider stripe --category provider_error",
      "  tollwatch exchanges --reference order-1042",
      "  tollwatch exchanges 01KAQ3T7Z5      one, by the beginning of its id",
      "",
      "Exit codes: 0 fine, even if no exchange meets the filters; 1 failed, or no such id; 2 usage."
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
      description =
          "From: a duration back (90s, 15m, 24h, 7d), a date (UTC), or an instant"
              + " (2026-11-22T14:30:00Z).")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Until, likewise.")
  private @Nullable String until;

  @Option(names = "--provider", paramLabel = "NAME", description = "Went to that provider.")
  private @Nullable String provider;

  @Option(
      names = "--operation",
      paramLabel = "WORD",
      description = "What it does: pay, capture, refund, void, query, other.")
  private @Nullable String operation;

  @Option(
      names = "--category",
      paramLabel = "WORD",
      description =
          "What it came to: not_sent, answer_lost, provider_error, downstream_unavailable,"
              + " rate_limited, in_progress_conflict, state_conflict, request_invalid,"
              + " config_or_auth, decline_soft, decline_hard, fraud_block, customer_input,"
              + " customer_action_required, authentication_failed, customer_cancelled, pending,"
              + " succeeded, unknown.")
  private @Nullable String category;

  @Option(
      names = "--money",
      paramLabel = "WORD",
      description =
          "What became of the money: none, not_sent, rejected, in_doubt, pending, succeeded.")
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

  @Option(names = "--trouble", description = "Did not end well; declines did.")
  private boolean trouble;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many, up to 1000 (default: 50).")
  private @Nullable String limit;

  @Option(
      names = "--before",
      paramLabel = "ID",
      description = "Only what is older than that exchange: the next page.")
  private @Nullable String before;

  @Mixin private DataOptions options = new DataOptions();

  @Option(names = "--json", description = "For machines: a document a line.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UsageException, CommandFailed {
    Configuration configuration =
        switch (options.read()) {
          case Sidecar.Reread.Wrong(String problems) -> throw new UsageException(problems);
          case Sidecar.Reread.Right(Configuration right) -> right;
        };
    Asked ledger =
        new Asked(configuration.data(), configuration.ledger(), SystemTime.real().wall());
    PrintWriter out = spec.commandLine().getOut();
    String wanted = id;
    if (wanted == null) {
      list(ledger, words(), out);
    } else {
      one(ledger, wanted, out);
    }
    return 0;
  }

  private void one(Asked ledger, String wanted, PrintWriter out)
      throws UsageException, CommandFailed {
    if (!words().isEmpty()) {
      throw new UsageException("an id stands alone: it needs no filter");
    }
    if (!wanted.matches("[0-9A-Za-z]{8,26}")) {
      throw new UsageException("an id has 26 letters and digits; at least 8 of them are needed");
    }
    Optional<Exchange> found = ledger.byId(wanted);
    if (found.isEmpty()) {
      throw new CommandFailed("there is no one exchange whose id begins with " + wanted);
    }
    if (json) {
      document(found.get(), out);
    } else {
      new ExchangeView(Terminal.current(), ZoneId.systemDefault()).show(found.get(), out);
      ledger.rejudgements(found.get().id()).forEach(again -> rejudged(again, out));
    }
  }

  private static void rejudged(Rejudgement again, PrintWriter out) {
    Verdict verdict = again.verdict();
    out.println(
        "judged again %s by %s with %s: %s, %s (%s)"
            .formatted(
                again.at(),
                Printable.line(again.who()),
                Printable.line(verdict.judgedBy()),
                verdict.category().word(),
                verdict.money().word(),
                Printable.line(verdict.rule())));
  }

  private void list(Asked ledger, Map<String, String> words, PrintWriter out)
      throws UsageException, CommandFailed {
    if (json) {
      ledger.each(words, exchange -> document(exchange, out));
      return;
    }
    ExchangeTable table = new ExchangeTable(Terminal.current(), ZoneId.systemDefault());
    ledger.each(words, table::add);
    table.print(out);
    if (table.size() == asked()) {
      out.println("older ones: --before " + table.lastId());
    }
  }

  private int asked() {
    return limit == null ? ExchangeQuery.DEFAULT_LIMIT : Integer.parseInt(limit);
  }

  private static void document(Exchange exchange, PrintWriter out) {
    out.println(Printable.line(ExchangeJson.write(exchange)));
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
