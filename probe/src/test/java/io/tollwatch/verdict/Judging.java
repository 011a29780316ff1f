package io.tollwatch.verdict;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import io.tollwatch.profile.Profiles;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.taxonomy.Operation;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What the tests of this package judge with.
final class Judging {

  static final Profiles PROFILES = Profiles.shipped();
  static final Classifier CLASSIFIER = Classifier.shipped();
  static final Call PAY = new Call(Operation.PAY, true);
  static final Call REFUND = new Call(Operation.REFUND, true);
  static final Call VOID = new Call(Operation.VOID, true);
  static final Call CAPTURE = new Call(Operation.CAPTURE, true);
  static final Call QUERY = new Call(Operation.QUERY, false);

  private static final Map<String, Redactor> REDACTORS = new ConcurrentHashMap<>();

  private Judging() {}

  static KeptBody whole(String text) {
    return new KeptBody(text, KeptBody.State.WHOLE, text.length());
  }

  /// What is left of an answer's body when its secrets are taken out, which is what is judged.
  static KeptBody kept(String profile, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String type = text.startsWith("<") ? "application/xml" : "application/json";
    return REDACTORS
        .computeIfAbsent(profile, Judging::redactor)
        .answerBody(
            new CapturedBody(bytes, bytes.length, true),
            Fields.of("Content-Type", type + "; charset=utf-8"));
  }

  private static Redactor redactor(String profile) {
    return new Redactor(PROFILES.byName(profile).secrets().forRedaction(), 64 * 1024);
  }

  static Verdict judge(String profile, Call call, Observation seen) {
    return CLASSIFIER.judge(PROFILES.byName(profile), call, seen);
  }

  static Verdict judge(String profile, Call call, int status, String body) {
    return judge(profile, call, status, body, Fields.none());
  }

  static Verdict judge(String profile, Call call, int status, String body, Fields fields) {
    return judge(profile, call, Observation.answered(status, fields, whole(body)));
  }
}
