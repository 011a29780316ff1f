package io.tollwatch.proxy.cli;

import io.tollwatch.ledger.store.ExchangeJson;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Shows payments in doubt.
///
/// @param out where to
record InDoubtView(Paint paint, PrintWriter out) {

  private static final List<String> TITLES =
      List.of("id", "age", "provider", "does", "money", "amount", "looks", "how to settle it");

  void list(JsonNode answer) {
    Instant at = Instant.parse(answer.path("at").asString());
    List<List<String>> rows = new ArrayList<>();
    rows.add(TITLES);
    answer.path("doubts").forEach(doubt -> rows.add(row(doubt, at)));
    if (rows.size() == 1) {
      out.println("nothing is in doubt");
    } else {
      table(rows);
      totals(answer, at);
    }
    long more = answer.path("not_shown").asLong();
    if (more > 0) {
      out.println("and " + more + " more");
    }
    answer
        .path("looks_stopped")
        .forEach(provider ->
            out.println(
                paint.warn(
                    "looks at %s fail: only single ones go"
                        .formatted(Printable.line(provider.asString())))));
    answer.path("double_charges").forEach(this::twice);
  }

  private static List<String> row(JsonNode doubt, Instant at) {
    return List.of(
        doubt.path("exchange").asString(),
        age(Duration.between(Instant.parse(doubt.path("since").asString()), at)),
        Printable.line(doubt.path("provider").asString()),
        doubt.path("operation").asString(),
        doubt.path("money").asString(),
        amount(doubt.path("amount_minor"), doubt.path("currency").asString("")),
        doubt.path("looks").asString(),
        doubt.path("how").path("best").asString());
  }

  private void table(List<List<String>> rows) {
    int[] widths = new int[TITLES.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private void totals(JsonNode answer, Instant at) {
    out.println();
    for (JsonNode total : answer.path("totals")) {
      out.printf(
          "%s: %s %s, %s, the oldest for %s%n",
          Printable.line(total.path("provider").asString()),
          total.path("count").asString(),
          total.path("money").asString(),
          amount(total.path("amount_minor"), total.path("currency").asString("")),
          age(Duration.between(Instant.parse(total.path("oldest").asString()), at)));
    }
  }

  private void twice(JsonNode charge) {
    out.println(
        paint.bad(
            "taken twice, one is to be refunded: %s at %s and %s at %s, %s each"
                .formatted(
                    charge.path("first").asString(),
                    Printable.line(charge.path("first_provider").asString()),
                    charge.path("second").asString(),
                    Printable.line(charge.path("second_provider").asString()),
                    amount(charge.path("amount_minor"), charge.path("currency").asString("")))));
  }

  void show(JsonNode answer, Terminal terminal, ZoneId zone) {
    JsonNode doubt = answer.path("doubt");
    if (doubt.isMissingNode()) {
      out.println("it is not in doubt any more, or never was");
    } else {
      JsonNode how = doubt.path("how");
      out.printf(
          "%s: %s%n", how.path("best").asString(), Printable.line(how.path("why").asString()));
      out.printf("looks so far: %s%n", doubt.path("looks").asString());
      JsonNode last = doubt.path("last_look");
      if (!last.isMissingNode()) {
        out.printf(
            "the last: %s, %s, exchange %s%n",
            last.path("at").asString(),
            last.path("result").asString(),
            last.path("exchange").asString());
      }
      if (doubt.has("next_look")) {
        out.printf("the next: %s%n", doubt.path("next_look").asString());
      }
    }
    if (answer.has("exchange")) {
      out.println();
      new ExchangeView(terminal, zone).show(ExchangeJson.read(answer.path("exchange")), out);
    }
  }

  /// Such as `12.50 EUR`.
  static String amount(JsonNode minor, String currency) {
    if (minor.isMissingNode() || currency.isEmpty()) {
      return "amount unknown";
    }
    String code = currency.toUpperCase(Locale.ROOT);
    return BigDecimal.valueOf(minor.asLong(), digits(code)).toPlainString() + " " + code;
  }

  private static int digits(String code) {
    try {
      return Math.max(0, Currency.getInstance(code).getDefaultFractionDigits());
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }

  /// In its two largest units.
  static String age(Duration age) {
    if (age.toDays() > 0) {
      return age.toDays() + "d " + age.toHoursPart() + "h";
    }
    if (age.toHours() > 0) {
      return age.toHours() + "h " + age.toMinutesPart() + "m";
    }
    return age.toMinutes() > 0
        ? age.toMinutes() + "m " + age.toSecondsPart() + "s"
        : Math.max(0, age.toSeconds()) + "s";
  }
}
