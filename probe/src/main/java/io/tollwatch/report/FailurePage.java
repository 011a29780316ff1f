package io.tollwatch.report;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.ledger.store.CallCount;
import io.tollwatch.ledger.store.NoSuccess;
import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.report.figures.Standing;
import io.tollwatch.report.figures.TimeGrid;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Figure;
import io.tollwatch.report.page.Page;
import io.tollwatch.report.page.Section;
import io.tollwatch.report.page.Sentence;
import io.tollwatch.report.page.Table;
import io.tollwatch.report.page.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What did not end well. Confined to one report.
final class FailurePage {

  private static final List<Column> DECLINES =
      List.of(
          new Column("provider", "Provider"),
          new Column("payments_answered", "Payments answered"),
          new Column("declined", "Declined"),
          new Column("decline_rate", "Decline rate"));

  private final ReportRequest request;
  private final Standing standing = new Standing();
  private final BothSides sides = new BothSides();
  private final FailureGroups groups;
  private final FailureDetails details;
  private final Duplicates duplicates = new Duplicates();
  private final List<BreakerChange> changes = new ArrayList<>();

  private FailurePage(ReportRequest request, FailureDetails details) {
    this.request = request;
    this.details = details;
    this.groups = new FailureGroups(TimeGrid.of(request.slice().window()));
  }

  static Page of(ReportRequest request, ReportReader ledger, Notes notes) {
    FailurePage page = new FailurePage(request, FailureDetails.of(request.slice(), ledger));
    ledger.noSuccess(request.slice(), page::take); // first: what ends meanwhile is counted then
    ledger.counts(request.slice(), page::take);
    ledger.exchanges(request.slice(), ReportReader.Wanted.DUPLICATE, page.duplicates);
    ledger.breakerChanges(request.slice().window(), page::take);
    Standing before = new Standing();
    ledger.counts(request.slice().during(request.baseline()), before);
    return page.page(
        before, notes, ChecksBeside.of(request.slice(), page.standing, page.sides, ledger));
  }

  private void take(NoSuccess call) {
    groups.accept(call);
    details.accept(call);
  }

  private void take(CallCount count) {
    standing.accept(count);
    sides.call(count);
  }

  private void take(BreakerChange change) {
    boolean its =
        request.slice().provider().filter(it -> !it.equals(change.breaker().provider())).isEmpty();
    if (its && changes.size() < BreakerTable.SHOWN) {
      changes.add(change);
    }
  }

  private Page page(Standing before, Notes notes, List<Section> checks) {
    Standing.Provider all = standing.all();
    return new Page(
        request.kind().word(),
        "Failures at payment gateways",
        request.slice().window(),
        request.zone(),
        Scope.words(request.slice()),
        conclusion(all),
        figures(all),
        notes.of(request.slice().window(), Optional.of(request.baseline())),
        Stream.concat(sections(all, before).stream(), checks.stream()).toList());
  }

  private List<Section> sections(Standing.Provider all, Standing before) {
    return List.of(
        groups.section(standing),
        Section.of(
            "What the gateways said",
            "The codes of calls that failed, in the gateways' own words.",
            details.codes()),
        Section.of(
            "Where calls broke",
            "Calls without a complete answer, by the phase that broke.",
            details.breaks()),
        newest(all),
        declines(),
        Section.of(
            "Codes that no profile knows",
            "What is more general decided in these cases; a profile can learn them.",
            details.unmapped()),
        duplicates.section(),
        breakers(),
        new Comparison(standing, before, request.baseline(), request.zone()).section());
  }

  private Sentence conclusion(Standing.Provider all) {
    if (all.calls() == 0) {
      return Scope.NO_CALL;
    }
    Optional<Sentence> most = groups.mostOften();
    if (most.isEmpty()) {
      return Sentence.of("None of ").and(all.ended()).and(" calls that ended failed.");
    }
    long inDoubt = all.availability().inDoubt();
    Sentence failed =
        Sentence.of("")
            .and(all.failed())
            .and(" of ")
            .and(all.ended())
            .and(" calls that ended failed (")
            .and(share(all.failed(), all.ended()))
            .and("), ");
    return (inDoubt > 0 ? failed.and(inDoubt).and(" of them left in doubt; ") : failed)
        .and(most.get());
  }

  private List<Figure> figures(Standing.Provider all) {
    List<Figure> figures = new ArrayList<>();
    long inDoubt = all.availability().inDoubt();
    long faults = all.availability().faults();
    figures.add(new Figure("Calls", new Cell.Count(all.calls()), false));
    figures.add(new Figure("Failed", new Cell.Count(all.failed()), all.failed() > 0));
    figures.add(new Figure("of ended calls", share(all.failed(), all.ended()), false));
    figures.add(new Figure("Provider at fault", new Cell.Count(faults), faults > 0));
    figures.add(new Figure("In doubt, as judged", new Cell.Count(inDoubt), inDoubt > 0));
    figures.addAll(details.inDoubt().figures("Amount in doubt"));
    if (all.calls() > all.ended()) {
      figures.add(new Figure("Still running", new Cell.Count(all.calls() - all.ended()), false));
    }
    return figures;
  }

  private static Cell share(long some, long all) {
    return all == 0 ? new Cell.Absent() : new Cell.Share((double) some / all);
  }

  private Section breakers() {
    return Section.of(
        "What breakers did",
        changes.size() < BreakerTable.SHOWN
            ? "Of all operations of the provider, and why."
            : "The first %d changes, and why.".formatted(BreakerTable.SHOWN),
        BreakerTable.of(changes));
  }

  private Section newest(Standing.Provider all) {
    String lead =
        all.failed() > FailureDetails.NEWEST
            ? "The newest %d of %,d. For all of them take another format: csv, jsonl or har."
                .formatted(FailureDetails.NEWEST, all.failed())
            : "All of them. The provider's support finds a call by its request id.";
    return Section.of("Newest failures", lead, details.newest());
  }

  private Section declines() {
    List<List<Cell>> rows =
        standing.providers().stream()
            .filter(provider -> provider.paysAnswered() > 0)
            .map(provider ->
                List.<Cell>of(
                    new Cell.Text(provider.name()),
                    new Cell.Count(provider.paysAnswered()),
                    new Cell.Count(provider.declined()),
                    share(provider.declined(), provider.paysAnswered())))
            .toList();
    return Section.of(
        "Declines",
        "Refused by issuer, risk engine or the customer's data: answers, never held against a provider. Whether the rate shifted is in the comparison below.",
        new Table("declines", DECLINES, rows, "No payment was answered in this time."),
        details.declines());
  }
}
