package io.tollwatch.proxy.cli;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.IncidentNote;
import io.tollwatch.exchange.Rejudgement;
import io.tollwatch.ledger.AdminAccess;
import io.tollwatch.ledger.DataFolder;
import io.tollwatch.ledger.LeftLedger;
import io.tollwatch.ledger.store.ExchangeJson;
import io.tollwatch.ledger.store.ExchangeQuery;
import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.proxy.LedgerSetup;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.admin.ExchangeSearch;
import io.tollwatch.proxy.admin.Pages;
import io.tollwatch.proxy.config.LedgerConfig;
import io.tollwatch.report.ReportRequest;
import io.tollwatch.report.Reports;
import io.tollwatch.report.incident.IncidentBook;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/// The ledger as a command sees it: through the running sidecar, which owns the folder, or else by
/// opening the folder itself.
final class Asked {

  private final Path folder;
  private final LedgerConfig store;
  private final InstantSource clock;

  Asked(Path folder, InstantSource clock) {
    this(folder, LedgerConfig.defaults(), clock);
  }

  /// @param store which one is opened where no sidecar runs
  Asked(Path folder, LedgerConfig store, InstantSource clock) {
    this.folder = folder;
    this.store = store;
    this.clock = clock;
  }

  /// Gives the exchanges that meet these words, newest first, one by one.
  void each(Map<String, String> words, Consumer<Exchange> taker)
      throws UsageException, CommandFailed {
    switch (new ExchangeSearch(clock).parse(words)) {
      case ExchangeSearch.Parsed.Wrong wrong -> throw new UsageException(wrong.reason());
      case ExchangeSearch.Parsed.Query asked -> {
        switch (owner()) {
          case Owner.Sidecar sidecar -> body(sidecar.client().list(words, taker));
          case Owner.Nobody nobody -> {
            try (DataFolder ours = nobody.folder();
                LeftLedger left = open(ours)) {
              new Pages(left.reader()).each(asked.query(), taker);
            }
          }
        }
      }
    }
  }

  /// Gives all exchanges that meet these words, however many there are, newest first, one by one.
  ///
  /// @param after told after each page, by whom what came of it can be kept
  void all(Map<String, String> words, Consumer<Exchange> taker, AfterPage after)
      throws UsageException, CommandFailed {
    switch (new ExchangeSearch(clock).parse(words)) {
      case ExchangeSearch.Parsed.Wrong wrong -> throw new UsageException(wrong.reason());
      case ExchangeSearch.Parsed.Query asked -> {
        ExchangeQuery all = asked.query().limit(ExchangeQuery.MAX_LIMIT);
        switch (owner()) {
          case Owner.Sidecar sidecar ->
              eachPage(
                  taker,
                  (before, each) -> body(sidecar.client().list(page(words, before), each)),
                  () -> after.done(rejudged -> keep(sidecar.client(), rejudged)));
          case Owner.Nobody nobody -> {
            try (DataFolder ours = nobody.folder();
                LeftLedger left = open(ours)) {
              Pages pages = new Pages(left.reader());
              eachPage(
                  taker,
                  (before, each) -> pages.each(before.map(all::before).orElse(all), each),
                  () -> after.done(left::keep));
            }
          }
        }
      }
    }
  }

  private static void eachPage(Consumer<Exchange> taker, Paging paging, Step after)
      throws UsageException, CommandFailed {
    List<String> ids = new ArrayList<>();
    do {
      Optional<String> before = ids.isEmpty() ? Optional.empty() : Optional.of(ids.getLast());
      ids.clear();
      paging.page(
          before,
          exchange -> {
            ids.add(exchange.id());
            taker.accept(exchange);
          });
      after.go();
    } while (ids.size() == ExchangeQuery.MAX_LIMIT);
  }

  private static Map<String, String> page(Map<String, String> words, Optional<String> before) {
    Map<String, String> page = new LinkedHashMap<>(words);
    page.put("limit", Integer.toString(ExchangeQuery.MAX_LIMIT));
    before.ifPresent(id -> page.put("before", id));
    return page;
  }

  private static int keep(AdminClient client, List<Rejudgement> rejudged)
      throws UsageException, CommandFailed {
    return body(client.post("/api/rejudgements", ExchangeJson.tree(rejudged)))
        .path("kept")
        .asInt(0);
  }

  /// What judging that exchange again came to, oldest first.
  List<Rejudgement> rejudgements(String exchange) throws UsageException, CommandFailed {
    return switch (owner()) {
      case Owner.Sidecar sidecar ->
          ExchangeJson.rejudgements(
              body(sidecar.client().get("/api/exchanges/" + exchange + "/rejudgements")));
      case Owner.Nobody nobody -> {
        try (DataFolder ours = nobody.folder();
            LeftLedger left = open(ours)) {
          yield left.reader().rejudgements(exchange);
        }
      }
    };
  }

  /// Keeps what judging again came to.
  @FunctionalInterface
  interface Keeping {

    /// How many were kept.
    int keep(List<Rejudgement> rejudged) throws UsageException, CommandFailed;
  }

  /// Is told after each page of exchanges.
  @FunctionalInterface
  interface AfterPage {
    void done(Keeping keeping) throws UsageException, CommandFailed;
  }

  @FunctionalInterface
  private interface Step {
    void go() throws UsageException, CommandFailed;
  }

  /// Gives one page of exchanges.
  @FunctionalInterface
  private interface Paging {
    void page(Optional<String> before, Consumer<Exchange> each)
        throws UsageException, CommandFailed;
  }

  /// The exchange with that id, or a beginning of it.
  Optional<Exchange> byId(String id) throws UsageException, CommandFailed {
    return switch (owner()) {
      case Owner.Sidecar sidecar ->
          switch (sidecar.client().get("/api/exchanges/" + id)) {
            case AdminClient.Answer.Missing _ -> Optional.empty();
            case AdminClient.Answer answer -> Optional.of(ExchangeJson.read(body(answer)));
          };
      case Owner.Nobody nobody -> {
        try (DataFolder ours = nobody.folder();
            LeftLedger left = open(ours)) {
          yield left.reader().byId(id);
        }
      }
    };
  }

  /// Writes a report.
  ///
  /// @param request what the words mean
  /// @param reports makes reports of what a stopped sidecar left
  /// @return what is to be said of it beside it
  Reports.Outlook report(
      ReportRequest request,
      Map<String, String> words,
      Function<ReportReader, Reports> reports,
      Writer out)
      throws UsageException, CommandFailed {
    return switch (owner()) {
      case Owner.Sidecar sidecar -> {
        Map<String, String> said = new LinkedHashMap<>(words);
        said.put("format", request.format().word());
        JsonNode told =
            switch (sidecar.client().report(request.kind().word(), said, out)) {
              case AdminClient.Answer.Missing _ when request.incident().isPresent() ->
                  throw noIncident(request.incident().get());
              case AdminClient.Answer answer -> body(answer);
            };
        List<String> notes =
            told.path(AdminClient.NOTES).valueStream().map(JsonNode::asString).toList();
        yield new Reports.Outlook(told.path(AdminClient.EMPTY).asBoolean(), notes);
      }
      case Owner.Nobody nobody -> {
        try (DataFolder ours = nobody.folder();
            LeftLedger left = open(ours)) {
          Reports made = reports.apply(left.reports());
          Reports.Outlook outlook = made.outlook(request);
          if (outlook.empty() && request.incident().isPresent()) {
            throw noIncident(request.incident().get());
          }
          made.write(request, out);
          yield outlook;
        }
      }
    };
  }

  /// Writes all evidence of an incident as a ZIP file.
  ///
  /// @param request that of a report of one incident
  /// @param reports makes reports of what a stopped sidecar left
  /// @param inForce what is in force for an incident's providers where no sidecar runs
  void pack(
      ReportRequest request,
      Map<String, String> words,
      Function<ReportReader, Reports> reports,
      Function<Incident, Map<String, Object>> inForce,
      OutputStream out)
      throws UsageException, CommandFailed {
    String id = request.incident().orElseThrow();
    switch (owner()) {
      case Owner.Sidecar sidecar -> {
        Map<String, String> said = new LinkedHashMap<>(words);
        said.remove("id");
        switch (sidecar.client().pack(id, said, out)) {
          case AdminClient.Answer.Missing _ -> throw noIncident(id);
          case AdminClient.Answer answer -> {
            var _ = body(answer);
          }
        }
      }
      case Owner.Nobody nobody -> {
        try (DataFolder ours = nobody.folder();
            LeftLedger left = open(ours)) {
          Reports made = reports.apply(left.reports());
          Incident incident = made.incident(request).orElseThrow(() -> noIncident(id));
          made.pack(request, incident, inForce.apply(incident), out);
        }
      }
    }
  }

  private static CommandFailed noIncident(String id) {
    return new CommandFailed(
        "there is no incident " + id + ": tollwatch report incidents has them");
  }

  /// Keeps what somebody notes of an incident.
  ///
  /// @param redacted what of a text may be kept
  void note(IncidentNote note, UnaryOperator<String> redacted)
      throws UsageException, CommandFailed {
    switch (owner()) {
      case Owner.Sidecar sidecar -> {
        var answer =
            sidecar
                .client()
                .post(
                    "/api/incidents/" + note.incident() + "/notes",
                    Map.of("text", note.text(), "who", note.who()));
        if (answer instanceof AdminClient.Answer.Missing) {
          throw noIncident(note.incident());
        }
        var _ = body(answer);
      }
      case Owner.Nobody nobody -> {
        try (DataFolder ours = nobody.folder();
            LeftLedger left = open(ours)) {
          IncidentBook book = new IncidentBook(left.reports(), left.incidents());
          if (!book.note(note.redacted(redacted), clock.instant())) {
            throw noIncident(note.incident());
          }
        }
      }
    }
  }

  /// The running sidecar.
  AdminClient sidecar() throws CommandFailed {
    return switch (owner()) {
      case Owner.Sidecar sidecar -> sidecar.client();
      case Owner.Nobody nobody -> {
        nobody.folder().close();
        throw new CommandFailed(
            "no sidecar runs with the data folder " + folder + " (--data names another)");
      }
    };
  }

  static JsonNode body(AdminClient.Answer answer) throws UsageException, CommandFailed {
    return switch (answer) {
      case AdminClient.Answer.Right right -> right.body();
      case AdminClient.Answer.Missing _ ->
          throw new CommandFailed("the sidecar does not know what it was asked: another version?");
      case AdminClient.Answer.Wrong wrong when wrong.usage() ->
          throw new UsageException(wrong.reason());
      case AdminClient.Answer.Wrong wrong -> throw new CommandFailed(wrong.reason());
    };
  }

  private LeftLedger open(DataFolder folder) throws CommandFailed {
    Store opened = LedgerSetup.store(folder, store);
    return switch (LeftLedger.open(
        folder, opened, clock, SystemTime.real().nanos(), LeftLedger.Watch.none())) {
      case LeftLedger.Opened.Ready ready -> ready.ledger();
      case LeftLedger.Opened.Refused refused -> throw new CommandFailed(refused.reason());
    };
  }

  private Owner owner() throws CommandFailed {
    if (!Files.isDirectory(folder)) {
      throw new CommandFailed("there is no data folder " + folder + " (--data names another)");
    }
    return switch (DataFolder.open(folder)) {
      case DataFolder.Opening.Unusable unusable -> throw new CommandFailed(unusable.reason());
      case DataFolder.Opening.Opened opened -> new Owner.Nobody(opened.folder());
      case DataFolder.Opening.OwnedByAnother _ -> {
        AdminAccess access =
            DataFolder.findAdmin(folder)
                .orElseThrow(() ->
                    new CommandFailed(
                        "the sidecar that owns " + folder + " does not take questions yet"));
        yield new Owner.Sidecar(new AdminClient(access));
      }
    };
  }

  /// Who has the folder.
  private sealed interface Owner {
    /// A running sidecar.
    record Sidecar(AdminClient client) implements Owner {}

    /// Now this command, which must close it.
    record Nobody(DataFolder folder) implements Owner {}
  }
}
