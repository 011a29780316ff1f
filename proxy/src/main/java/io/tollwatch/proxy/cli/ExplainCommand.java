package io.tollwatch.proxy.cli;

import io.tollwatch.document.Shown;
import io.tollwatch.profile.Hint;
import io.tollwatch.profile.Origin;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Rule;
import io.tollwatch.proxy.judging.Gateways;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// Says what a gateway's codes mean.
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Say what a gateway's code means, for the money too, and what to do.",
    description = {
      "",
      "A code that stands at several places is explained for each, the most specific first: that one"
          + " decides. Money is that of a call that may move some. A rule is final only where the"
          + " gateway documents that the payment is not taken and can't be later. A status or a"
          + " break is explained as it is where the gateway's codes say no more. What stands beside a code"
          + " and says whether to try again, such as a card network's advice, comes last.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tollwatch explain stripe card_declined insufficient_funds",
      "  tollwatch explain stripe decline_code/lost_card",
      "  tollwatch explain adyen 2 --json",
      "  tollwatch explain adyen merchantAdviceCode/03",
      "  tollwatch explain stripe 429 response_timeout",
      "",
      "Exit codes: 0 fine, 1 a code is not known, 2 usage."
    })
final class ExplainCommand implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Parameters(
      index = "0",
      paramLabel = "GATEWAY",
      description = "A provider or profile: see 'tollwatch profiles'.")
  private String gateway = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "CODE",
      description =
          "A code as it stands in an answer, with its case, an HTTP status, a break, or the end of a"
              + " rule's name.")
  private List<String> codes = List.of();

  @Mixin private ProfileOptions options = new ProfileOptions();

  @Option(names = "--json", description = "For machines: a document a line.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UsageException {
    Gateways gateways = options.read();
    Profile profile =
        gateways
            .named(gateway)
            .orElseThrow(() -> new UsageException(gateways.unknown(gateway)))
            .profile();
    PrintWriter out = spec.commandLine().getOut();
    boolean all = true;
    for (String code : codes) {
      List<CodeMeaning> meanings = CodeMeaning.of(profile, code);
      List<HintMeaning> hints = HintMeaning.of(profile, code);
      boolean known = !meanings.isEmpty() || !hints.isEmpty();
      all &= known;
      if (!known) {
        unknown(profile, code, out);
      } else if (json) {
        meanings.forEach(each -> print(each.json(), out));
        hints.forEach(each -> print(each.json(), out));
      } else {
        meanings.forEach(each -> show(each, out));
        hints.forEach(each -> show(each, out));
      }
    }
    return all ? 0 : 1;
  }

  private void unknown(Profile profile, String code, PrintWriter out) {
    List<String> near = CodeMeaning.near(profile, code);
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("gateway", profile.name());
      document.put("code", code);
      document.put("known", false);
      document.put("near", near);
      print(document, out);
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.println(
        "tollwatch: %s knows no code %s; %s"
            .formatted(
                profile.id(),
                Shown.key(code),
                near.isEmpty()
                    ? "what is more general in an answer decides, its status last"
                    : "did you mean " + Printable.line(String.join(", ", near)) + "?"));
  }

  private static void print(Map<String, Object> document, PrintWriter out) {
    out.println(Printable.line(JSON.writeValueAsString(document)));
  }

  private static void show(HintMeaning meaning, PrintWriter out) {
    Paint paint = Terminal.current().paint();
    Hint hint = meaning.hint();
    out.println(paint.bold(Printable.line(meaning.profile().name() + "  " + meaning.code())));
    line(out, paint, "means", "advice on trying again, beside the code that decides");
    line(out, paint, "to do", hint.action().word() + ": " + Meanings.of(hint.action()));
    String beats = String.join(", ", meaning.beats());
    line(out, paint, "instead of", beats.isEmpty() ? "whatever the code says" : beats);
    if (hint.stop()) {
      line(out, paint, "stop", "it must not be tried again, and goes to no other gateway");
    }
    line(out, paint, "read of", meaning.readOf());
    line(out, paint, "stands at", Printable.line(hint.at().text()));
    line(out, paint, "hint", Printable.line(hint.origin().text() + ", " + meaning.profile().id()));
    out.println();
  }

  private static void show(CodeMeaning meaning, PrintWriter out) {
    Paint paint = Terminal.current().paint();
    out.println(paint.bold(Printable.line(meaning.profile().name() + "  " + meaning.code())));
    meaning.rule().ifPresentOrElse(rule -> show(rule, out, paint), () -> silent(out, paint));
    line(out, paint, "stands at", Printable.line(meaning.place()));
    line(
        out,
        paint,
        "rule",
        Printable.line(meaning.name())
            + meaning.rule().flatMap(Rule::origin).map(Origin::text).map(at -> ", " + at).orElse("")
            + ", "
            + meaning.profile().id());
    out.println();
  }

  private static void silent(PrintWriter out, Paint paint) {
    line(out, paint, "means", "nothing by itself: what stands beside it decides");
  }

  private static void show(Rule rule, PrintWriter out, Paint paint) {
    line(out, paint, "means", rule.category().word() + ": " + Meanings.of(rule.category()));
    line(out, paint, "fault", rule.fault().word() + ": " + Meanings.of(rule.fault()));
    line(
        out,
        paint,
        "money",
        paint.money(rule.money(), rule.money().word()) + ": " + Meanings.of(rule.money()));
    line(out, paint, "to do", rule.action().word() + ": " + Meanings.of(rule.action()));
    line(out, paint, "counts", counts(rule));
    line(
        out,
        paint,
        "final",
        rule.finalSource()
            .map(source -> "yes, beside no other code: " + source)
            .orElse("no: not documented to be certain for ever"));
    if (!rule.isShipped()) {
      line(out, paint, "by", "a profile of your own");
    }
  }

  private static String counts(Rule rule) {
    if (rule.routingHealth() && rule.slaFault()) {
      return "against the gateway: unusable now, and guilty";
    }
    if (rule.routingHealth()) {
      return "as unusable from here now, without guilt of the gateway";
    }
    return rule.slaFault() ? "as the gateway's guilt" : "not against the gateway";
  }

  private static void line(PrintWriter out, Paint paint, String name, String value) {
    out.println(paint.faint("  %-11s".formatted(name)) + value);
  }
}
