package io.tollwatch.dispatch;

/// The way of one call: which leg comes next, and when it ends. Confined to the call.
sealed interface Journey permits DirectJourney, ChannelJourney {

  /// What comes first.
  Step begin();

  /// What comes after an attempt. Its outcome is recorded here, with what was decided.
  Step after(Ended.Made made);

  /// What comes next.
  sealed interface Step {

    /// One more attempt.
    record Send(Leg leg) implements Step {}

    /// Nothing more.
    record Stop(Reply reply) implements Step {}
  }
}
