package io.tollwatch.verdict;

import io.tollwatch.attempt.Fields;
import io.tollwatch.profile.Profiles;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.taxonomy.Operation;

/// What the tests of this package judge with.
final class Judging {

  static final Profiles PROFILES = Profiles.shipped();
  static final Classifier CLASSIFIER = Classifier.shipped();
  static final Call PAY = new Call(Operation.PAY, true);
  static final Call REFUND = new Call(Operation.REFUND, true);
  static final Call VOID = new Call(Operation.VOID, true);
  static final Call CAPTURE = new Call(Operation.CAPTURE, true);
  static final Call QUERY = new Call(Operation.QUERY, false);

  private Judging() {}

  static KeptBody whole(String text) {
    return new KeptBody(text, KeptBody.State.WHOLE, text.length());
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
