package io.tollwatch.proxy.cli;

import io.tollwatch.exchange.IncidentNote;
import io.tollwatch.proxy.ReportSetup;
import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.admin.ReportSearch;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.report.ReportFormat;
import io.tollwatch.report.ReportKind;
import io.tollwatch.report.ReportRequest;
import io.tollwatch.report.Reports;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes a report of what was recorded.
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Report failures, availability, latency, doubts and incidents, ready to send.",
    description = {
      "",
      "While a sidecar runs it is asked; else the data folder is opened. The same data gives the"
          + " same bytes. Everything in a report was redacted before it was kept, and nothing in it"
          + " runs or loads anything. A new file is readable by its owner only.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tollwatch report failures --since 24h",
      "  tollwatch report failures --provider stripe --format html -o stripe.html",
      "  tollwatch report failures --since 2h --format har -o failures.har",
      "  tollwatch report availability --since 2026-11-01 --until 2026-12-01 --target 99.95",
      "  tollwatch report latency --since 2h --against 2026-11-22T10:00..2026-11-22T12:00",
      "  tollwatch report in-doubt --format csv -o doubts.csv",
      "  tollwatch report incident stripe-20261122T1430Z -o incident.html",
      "  tollwatch report incident stripe-20261122T1430Z --note 'called their support'",
      "  tollwatch report incident stripe-20261122T1430Z --pack evidence.zip",
      "  tollwatch report exchanges --since 7d --format jsonl -o week.jsonl",
      "",
      "Exit codes: 0 it is written, even if there is nothing to report; 1 failed; 2 usage."
    })
final class ReportCommand implements Callable<Integer> {

  private static final int MAX_NOTE = 2_000;

  @Parameters(
      index = "0",
      paramLabel = "REPORT",
      description =
          "failures: what did not end well or is in doubt. availability: against a target, with"
              + " error budget. latency: percentiles of each phase. in-doubt: by age and amount."
              + " incidents: bad periods, found by rule: what each cost and what was saved. incident:"
              + " one of them, by its id. exchanges: all, one by one.")
  private String kind = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description = "Which incident, such as stripe-20261122T1430Z.")
  private @Nullable String id;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "From: a duration back (90s, 15m, 24h, 7d), a date, a time (2026-11-22T14:30) or an"
              + " instant. Default: 24 h before the end; of in-doubt the beginning.")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Until, likewise. Default: now.")
  private @Nullable String until;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "In which times are meant and shown, such as Europe/Berlin. Default: UTC.")
  private @Nullable String zone;

  @Option(names = "--provider", paramLabel = "NAME", description = "Only calls to that provider.")
  private @Nullable String provider;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "Only calls through that channel.")
  private @Nullable String channel;

  @Option(
      names = "--operation",
      paramLabel = "WORD",
      description = "Only pay, capture, refund, void, query or other.")
  private @Nullable String operation;

  @Option(
      names = "--origin",
      paramLabel = "WORD",
      description =
          "Only live, synthetic or reconcile calls, or all. Default: live; of in-doubt and"
              + " exchanges all.")
  private @Nullable String origin;

  @Option(
      names = "--against",
      paramLabel = "TIMES",
      description =
          "With what to compare: FROM..UNTIL, each as above. Default: previous, the same length"
              + " right before.")
  private @Nullable String against;

  @Option(
      names = "--target",
      paramLabel = "PERCENT",
      description = "Availability that was promised. Default: 99.9.")
  private @Nullable String target;

  @Option(
      names = "--format",
      paramLabel = "WORD",
      description =
          "html, md, csv, jsonl or har (no har of availability, latency, incidents and incident; csv,"
              + " jsonl or har of exchanges). Default: by the file's name, else md; of exchanges jsonl.")
  private @Nullable String format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write it. Default: standard output.")
  private @Nullable Path file;

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "Keep this with the incident, with your name and the time. Writes no report.")
  private @Nullable String note;

  @Option(
      names = "--pack",
      paramLabel = "FILE",
      description =
          "Write all evidence of the incident as a ZIP file: summary, timeline, failed calls as"
              + " HAR, request ids for the provider's support, checks, decisions, what was in force,"
              + " checksums.")
  private @Nullable Path pack;

  @Option(names = "--force", description = "Replace the file if it is there.")
  private boolean force;

  @Mixin private DataOptions options = new DataOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UsageException, CommandFailed {
    Configuration configuration =
        switch (options.read()) {
          case Sidecar.Reread.Wrong(String problems) -> throw new UsageException(problems);
          case Sidecar.Reread.Right(Configuration right) -> right;
        };
    Map<String, String> words = words();
    SystemTime time = SystemTime.real();
    ReportRequest request =
        switch (new ReportSearch(time.wall()).parse(kind, words, otherwise())) {
          case ReportSearch.Parsed.Wrong wrong -> throw new UsageException(wrong.reason());
          case ReportSearch.Parsed.Right right -> right.request();
        };
    Asked ledger = new Asked(configuration.data(), configuration.ledger(), time.wall());
    if (note != null) {
      note(ledger, request, note, configuration);
      return 0;
    }
    if (pack != null) {
      pack(ledger, request, pack, configuration);
      return 0;
    }
    Job job =
        out ->
            tell(
                ledger.report(
                    request, words, reader -> ReportSetup.reports(reader, configuration), out));
    run(job);
    return 0;
  }

  private void note(Asked ledger, ReportRequest request, String text, Configuration configuration)
      throws UsageException, CommandFailed {
    String incident =
        request
            .incident()
            .orElseThrow(() -> new UsageException("--note is for a report of one incident"));
    if (text.isBlank() || text.length() > MAX_NOTE) {
      throw new UsageException("a note has 1 to %,d characters".formatted(MAX_NOTE));
    }
    String who = System.getProperty("user.name", "somebody");
    ledger.note(
        new IncidentNote(incident, SystemTime.real().wall().instant(), who, text.strip()),
        ReportSetup.redaction(configuration));
    PrintWriter err = spec.commandLine().getErr();
    err.println("noted with incident " + Printable.line(incident));
    err.flush();
  }

  private void pack(Asked ledger, ReportRequest request, Path wanted, Configuration configuration)
      throws UsageException, CommandFailed {
    if (request.incident().isEmpty()) {
      throw new UsageException("--pack is for a report of one incident");
    }
    new NewFile(wanted, force)
        .writeBytes(out ->
            ledger.pack(
                request,
                words(),
                reader -> ReportSetup.reports(reader, configuration),
                incident -> ReportSetup.inForce(configuration, incident),
                out));
    PrintWriter err = spec.commandLine().getErr();
    err.println("written: " + wanted);
    err.flush();
  }

  private void run(Job job) throws UsageException, CommandFailed {
    Path wanted = file;
    if (wanted == null) {
      PrintWriter out = spec.commandLine().getOut();
      job.writeTo(out);
      out.flush();
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    boolean watched = Terminal.current().width() != Terminal.NONE.width();
    new NewFile(wanted, force)
        .write(out -> {
          if (watched) {
            Growing growing = new Growing(out, err);
            job.writeTo(growing);
            growing.done();
          } else {
            job.writeTo(out);
          }
        });
    err.println("written: " + wanted);
    err.flush();
  }

  private void tell(Reports.Outlook outlook) {
    PrintWriter err = spec.commandLine().getErr();
    if (outlook.empty()) {
      err.println("nothing to report in this time with these filters");
    }
    outlook.notes().forEach(note -> err.println("note: " + Printable.line(note)));
    err.flush();
  }

  /// The format that is meant where none is said.
  private ReportFormat otherwise() {
    Path wanted = file;
    String name = wanted == null ? "" : String.valueOf(wanted.getFileName());
    for (ReportFormat each : ReportFormat.values()) {
      if (name.endsWith("." + each.word())) {
        return each;
      }
    }
    return kind.equals(ReportKind.EXCHANGES.word()) ? ReportFormat.JSONL : ReportFormat.MD;
  }

  private Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    put(words, "since", since);
    put(words, "until", until);
    put(words, "zone", zone);
    put(words, "provider", provider);
    put(words, "channel", channel);
    put(words, "operation", operation);
    put(words, "origin", origin);
    put(words, "against", against);
    put(words, "target", target);
    put(words, "format", format);
    put(words, "id", id);
    return words;
  }

  private static void put(Map<String, String> words, String name, @Nullable String value) {
    if (value != null) {
      words.put(name, value);
    }
  }

  /// Writes a report.
  @FunctionalInterface
  private interface Job {
    void writeTo(Writer out) throws UsageException, CommandFailed;
  }
}
