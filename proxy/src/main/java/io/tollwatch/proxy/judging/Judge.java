package io.tollwatch.proxy.judging;

import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Route;
import io.tollwatch.redaction.Emails;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.verdict.Call;
import io.tollwatch.verdict.Classifier;
import io.tollwatch.verdict.GatewayFacts;
import io.tollwatch.verdict.Observation;
import io.tollwatch.verdict.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Judges what was found as the sidecar would have: by the redacted copy of the answer, and the
/// facts of the request before that. Confined to one thread.
public final class Judge {

  private final Gateways gateways;
  private final Classifier classifier = Classifier.shipped();
  private final Rejudging recorded;
  private final Defaults defaults;
  private final int captureLimit;
  private final Map<String, Redactor> redactors = new HashMap<>();

  /// What is taken where a file does not say it.
  ///
  /// @param gateway the name of who answered
  /// @param asked what was asked
  public record Defaults(Optional<Gateways.Gateway> gateway, Optional<Found.Asked> asked) {}

  /// @param captureLimit how much of a body is judged, in bytes
  public Judge(Gateways gateways, Defaults defaults, int captureLimit) {
    this.gateways = gateways;
    this.recorded = new Rejudging(gateways, classifier);
    this.defaults = defaults;
    this.captureLimit = captureLimit;
  }

  /// Judges it, whatever it is.
  public Judged judge(Found found) {
    return switch (found) {
      case Found.Unreadable(String place, String reason) -> new Judged.Not(place, reason);
      case Found.Recorded(String place, var exchange) -> recorded.judged(place, exchange);
      case Found.Answer answer -> judge(answer);
    };
  }

  private Judged judge(Found.Answer answer) {
    Optional<Found.Asked> asked = answer.asked().or(defaults::asked);
    Optional<String> named = answer.gateway();
    if (named.isPresent()) {
      return gateways
          .named(named.get())
          .map(gateway -> judge(answer, gateway, asked))
          .orElseGet(() -> new Judged.Not(answer.place(), gateways.unknown(named.get())));
    }
    return asked
        .flatMap(request -> gateways.at(request.url()))
        .or(defaults::gateway)
        .map(gateway -> judge(answer, gateway, asked))
        .orElseGet(() -> nobody(answer, asked));
  }

  private static Judged nobody(Found.Answer answer, Optional<Found.Asked> asked) {
    return asked.filter(request -> request.url().contains("://")).isPresent()
        ? new Judged.Elsewhere(answer.place())
        : new Judged.Not(
            answer.place(), "does not say who answered; name the gateway with --provider");
  }

  private Judged judge(Found.Answer answer, Gateways.Gateway gateway, Optional<Found.Asked> asked) {
    Profile profile = gateway.profile();
    Redactor redactor = redactors.computeIfAbsent(gateway.name(), _ -> redactor(profile));
    Call call =
        asked
            .map(request -> call(profile, target(request, gateway), request))
            .orElse(new Call(Operation.PAY, true));
    Verdict verdict =
        classifier.judge(
            profile,
            call,
            Observation.answered(
                answer.status(),
                redactor.answerFields(answer.fields()),
                redactor.answerBody(answer.body(), answer.fields())));
    return new Judged.Answer(
        answer.place(),
        gateway.name(),
        asked.map(request ->
            redactor.text(request.method()) + " " + path(redactor, target(request, gateway))),
        call.operation(),
        Optional.of(answer.status()),
        verdict);
  }

  private Redactor redactor(Profile profile) {
    return new Redactor(profile.secrets().forRedaction(), captureLimit, Emails.MASK);
  }

  private static Call call(Profile profile, String target, Found.Asked request) {
    String type = request.fields().first("Content-Type").orElse("");
    Route route = profile.route(request.method(), target, request::body, type);
    return Call.of(route).asking(GatewayFacts.ofRequest(profile, target, type, request.body()));
  }

  private static String target(Found.Asked request, Gateways.Gateway gateway) {
    String target = Gateways.target(request.url());
    return request.url().contains("://") && target.startsWith(gateway.basePath() + "/")
        ? target.substring(gateway.basePath().length())
        : target;
  }

  /// Without the query: nobody needs it to find the answer again.
  private static String path(Redactor redactor, String target) {
    return redactor.target(target.split("\\?", 2)[0]);
  }
}
